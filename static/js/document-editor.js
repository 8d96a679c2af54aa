/* The editor of document texts over a plain textarea: without this script the textarea stays what it is.
   Everything comes from our own files and no style is written into the page, as the content security policy asks. */

const WORDS = {
  "heading 2": "一级标题", "heading 3": "二级标题", "heading 4": "三级标题", "heading 5": "四级标题",
  "unordered list": "项目列表", "ordered list": "编号列表", "blockquote": "引文", "horizontal rule": "分隔线",
  "bold": "加粗", "italic": "斜体", "underline": "下划线", "subscript": "下标", "superscript": "上标",
  "insert link": "插入链接", "remove link": "取消链接", "undo": "撤销", "redo": "重做",
  "Insert table": "插入表格", "Add column": "在右侧加一列", "Delete column": "删除本列", "Add row": "在下方加一行",
  "Delete row": "删除本行", "Delete table": "删除表格", "Merge cells": "合并单元格", "Split cell": "拆分单元格",
  "Toggle header cell": "设为或取消表头", "Edit Link": "链接", "URL": "链接地址", "Title": "说明文字",
  "Update": "确定", "Cancel": "取消",
};
const said = (words) => WORDS[words] || words;
window.gettext = said;

const editing = await import("../django_prose_editor/editor.js");

const LOOKS = { indent: "首行缩进", flush: "顶格", center: "居中", right: "居右", "red-head": "红头" };
const GROUPS = ["headings", "lists", "nodes -blockType -lists -headings", "marks", "looks", "link", "table", "history"];

// How a paragraph or a heading is set: one of our classes, or none.
const looks = editing.Extension.create({
  name: "looks",
  addGlobalAttributes() {
    const known = (element) => Object.keys(LOOKS).find((look) => element.classList.contains(look)) || null;
    const written = (attributes) => (attributes.class ? { class: attributes.class } : {});
    return [{ types: ["paragraph", "heading"], attributes: { class: { default: null, parseHTML: known, renderHTML: written } } }];
  },
  addMenuItems({ buttons, menu }) {
    const type = (editor) => (editor.isActive("heading") ? "heading" : "paragraph");
    for (const [look, words] of Object.entries(LOOKS)) {
      menu.defineItem({
        name: `looks:${look}`,
        groups: "looks",
        button: buttons.text(words),
        active: (editor) => editor.getAttributes(type(editor)).class === look,
        command(editor) {
          const set = editor.getAttributes(type(editor)).class === look ? null : look;
          editor.chain().focus().updateAttributes("paragraph", { class: set }).updateAttributes("heading", { class: set }).run();
        },
      });
    }
  },
});

// A table begins small; rows and columns are added by the buttons, so nobody is asked beforehand.
const Table = editing.Table.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions: () => ({ commands }) => commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    };
  },
});
const quiet = editing.Extension.create({
  name: "quiet",
  onBeforeCreate({ editor }) {
    editor.options.injectCSS = false; // css/document-editor.css has these rules
    editor.options.editorProps = { ...editor.options.editorProps, transformPastedHTML: tidy };
  },
});

const NO_PICTURE = "〔此处原有图片，请作为附件上传〕";

// What word processors copy, under the names the editor knows: it keeps structure and drops every look that is not ours.
// Looks are read as words, not applied: the policy of the page would refuse them.
function tidy(html) {
  const quietly = html.replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle=/gi, " data-look=").replace(/\son\w+=/gi, " data-gone="));
  const page = new DOMParser().parseFromString(quietly, "text/html");
  for (const old of page.querySelectorAll("h1, h6, p.MsoTitle, thead td")) {
    const renamed = page.createElement({ H1: "h2", H6: "h5", P: "h2", TD: "th" }[old.tagName]);
    renamed.append(...old.childNodes);
    for (const kept of ["colspan", "rowspan", "align", "data-look"]) {
      if (old.hasAttribute(kept)) renamed.setAttribute(kept, old.getAttribute(kept));
    }
    old.replaceWith(renamed);
  }
  for (const block of page.querySelectorAll("p, h2, h3, h4, h5")) {
    const look = block.getAttribute("data-look") || "";
    const side = /text-align:\s*(center|right)/i.exec(look)?.[1] || block.getAttribute("align");
    if (side === "center" || side === "right") block.classList.add(side);
    else if (/text-indent:\s*[1-9]/i.test(look)) block.classList.add("indent");
  }
  for (const picture of page.querySelectorAll("img")) picture.replaceWith(NO_PICTURE);
  return page.body.innerHTML;
}

function extensions() {
  return [
    quiet, editing.Document, editing.Paragraph, editing.Text, editing.HardBreak, editing.History, editing.NoSpellCheck,
    editing.Dropcursor, editing.Gapcursor, editing.Bold, editing.Italic, editing.Underline, editing.Subscript,
    editing.Superscript, editing.BulletList, editing.OrderedList.configure({ enableListAttributes: false }), editing.ListItem,
    editing.Blockquote, editing.HorizontalRule, editing.Heading.configure({ levels: [2, 3, 4, 5] }),
    editing.Link.configure({ openOnClick: false, enableTarget: false, protocols: ["http", "https", "mailto"] }),
    Table, editing.TableRow, editing.TableHeader, editing.TableCell,
    looks, editing.Menu.configure({ groups: GROUPS.map((group) => ({ group })) }),
  ];
}

function name(box, textarea) {
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const area = box.querySelector("[contenteditable]");
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  if (label) area.setAttribute("aria-label", label.textContent.trim());
  const described = textarea.getAttribute("aria-describedby");
  if (described) area.setAttribute("aria-describedby", described);
  for (const button of box.querySelectorAll(".prose-menubar button")) {
    const words = said(button.title || button.textContent);
    button.title = words;
    button.setAttribute("aria-label", words);
    if (button.dataset.level) button.dataset.level -= 1; // ours begin at h2, the page's own heading being h1
  }
}

function tellState(box) {
  for (const button of box.querySelectorAll(".prose-menubar button")) {
    button.setAttribute("aria-pressed", button.classList.contains("active"));
    button.setAttribute("aria-disabled", button.classList.contains("disabled"));
  }
}

for (const textarea of document.querySelectorAll("textarea[data-document-editor]")) {
  const editor = editing.createTextareaEditor(textarea, extensions());
  const box = textarea.closest(".prose-editor");
  editor.on("create", () => {
    name(box, textarea);
    tellState(box);
    editor.on("transaction", () => tellState(box));
  });
}

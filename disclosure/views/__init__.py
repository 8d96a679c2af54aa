"""What the public sees of 主动公开. Every page is for everybody; what is only for the staff does not exist for strangers."""

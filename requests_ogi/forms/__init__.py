"""Forms turn strings into values and stop there: `public` for citizens, `staff` for the workplace, `fields` for both."""

-- A weekend is a precision, too.

COMMENT ON COLUMN dates.precision IS 'how fine it is: second, minute, hour, day, weekend, week, month, quarter, season, half, year, decade, century, vague';

-- What the person attached, where the file came out of it under another name; null where it has its own.
alter table file add column attached text;

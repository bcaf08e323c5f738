package dev.reckon.files;

import dev.reckon.files.profile.ContentProfile;

/**
 * A file that programs can open.
 *
 * @param name as programs open it: clean, without folders, unlike every other name of its result
 * @param attached the name of the attachment that it came from, as the person knows it
 * @param part which part of the attachment it is: the path in an archive, the sheet of a workbook,
 *     or both; empty when it is the whole attachment
 * @param content text is in UTF-8 without a byte order mark. Not copied: nobody may change it
 * @param profile what is in it
 */
@SuppressWarnings("ArrayRecordComponent") // on its way out of the process, compared by nobody
public record ReadFile(
    String name, String attached, String part, byte[] content, ContentProfile profile) {}

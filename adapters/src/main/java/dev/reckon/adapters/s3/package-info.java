/** An object store that speaks Amazon S3's protocol, for the contents of large files. */
@NullMarked
package dev.reckon.adapters.s3;

import org.jspecify.annotations.NullMarked;

/** What files hold: hashes of their contents, and when one that was made earlier still holds. Pure functions of streams. */
@NullMarked
package dev.hubferry.storage.domain.content;

import org.jspecify.annotations.NullMarked;

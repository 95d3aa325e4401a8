@NullMarked
package dev.hubferry.db.adapter.disk;

import org.jspecify.annotations.NullMarked;

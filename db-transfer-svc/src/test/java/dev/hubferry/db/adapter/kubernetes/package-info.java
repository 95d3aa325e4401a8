@NullMarked
package dev.hubferry.db.adapter.kubernetes;

import org.jspecify.annotations.NullMarked;

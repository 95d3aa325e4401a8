/** What a pass has to do so that the target becomes like the source: pure functions of manifests. */
@NullMarked
package dev.hubferry.storage.domain.plan;

import org.jspecify.annotations.NullMarked;

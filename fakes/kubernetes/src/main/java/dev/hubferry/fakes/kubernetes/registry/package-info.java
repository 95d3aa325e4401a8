/** Creating, changing and deleting objects under the API server's rules. */
@NullMarked
package dev.hubferry.fakes.kubernetes.registry;

import org.jspecify.annotations.NullMarked;

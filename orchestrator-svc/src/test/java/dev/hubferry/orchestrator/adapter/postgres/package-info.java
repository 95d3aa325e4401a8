@NullMarked
package dev.hubferry.orchestrator.adapter.postgres;

import org.jspecify.annotations.NullMarked;

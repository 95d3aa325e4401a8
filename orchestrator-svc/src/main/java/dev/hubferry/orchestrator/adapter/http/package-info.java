/** Webhooks over HTTP. */
@NullMarked
package dev.hubferry.orchestrator.adapter.http;

import org.jspecify.annotations.NullMarked;

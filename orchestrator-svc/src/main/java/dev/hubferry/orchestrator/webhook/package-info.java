/** Events to receivers of the platform team's choice, over HTTP: what is sent when, and to which addresses. */
@NullMarked
package dev.hubferry.orchestrator.webhook;

import org.jspecify.annotations.NullMarked;

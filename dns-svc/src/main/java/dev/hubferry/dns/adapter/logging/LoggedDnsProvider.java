package dev.hubferry.dns.adapter.logging;

import dev.hubferry.contracts.Problem;
import dev.hubferry.dns.domain.DnsAccessException;
import dev.hubferry.dns.domain.DnsProvider;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.dns.domain.Zone;
import org.jboss.logging.Logger;

/** Logs every write of a zone: what it changes before, what came of it after. */
public final class LoggedDnsProvider implements DnsProvider {

    private static final Logger LOG = Logger.getLogger(LoggedDnsProvider.class);

    private final DnsProvider provider;

    public LoggedDnsProvider(DnsProvider provider) {
        this.provider = provider;
    }

    @Override
    public Reading read(DomainName zone) throws InterruptedException {
        return provider.read(zone);
    }

    @Override
    public Written replace(Zone expected, Zone wanted, Gate gate) throws InterruptedException {
        LOG.infof("zone write begins zone=%s change=%s", wanted.domain(), expected.difference(wanted));
        try {
            Written written = provider.replace(expected, wanted, gate);
            switch (written) {
                case Written.Accepted() -> LOG.infof("zone write accepted zone=%s", wanted.domain());
                case Written.Unknown(String why) ->
                    LOG.warnf("zone write without an answer zone=%s why=%s", wanted.domain(), why);
                case Written.NotSent(Problem why) ->
                    LOG.infof("zone write not sent zone=%s code=%s why=%s", wanted.domain(), why.code(), why.detail());
            }
            return written;
        } catch (DnsAccessException e) {
            LOG.warnf("zone write refused zone=%s code=%s why=%s", wanted.domain(), e.code(), e.detail());
            throw e;
        }
    }
}

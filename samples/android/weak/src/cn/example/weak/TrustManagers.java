package cn.example.weak;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.X509TrustManager;

/** Trust managers; the decision lies in checkServerTrusted. */
public final class TrustManagers {
    private TrustManagers() {}

    /** Accepts everything: the body is empty. */
    public static final class EmptyBody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Asks the platform and ignores the answer. */
    public static final class SwallowsAnswer implements X509TrustManager {
        private final X509TrustManager platform;

        public SwallowsAnswer(X509TrustManager platform) {
            this.platform = platform;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            try {
                platform.checkServerTrusted(chain, type);
            } catch (CertificateException ignored) {
                return;
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return platform.getAcceptedIssuers();
        }
    }

    /** Only counts. */
    public static final class CountsOnly implements X509TrustManager {
        private int seen;

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            seen += chain.length;
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return null;
        }

        public int seen() {
            return seen;
        }
    }

    /** Passes the question on. */
    public static final class Delegates implements X509TrustManager {
        private final X509TrustManager platform;

        public Delegates(X509TrustManager platform) {
            this.platform = platform;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            platform.checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return platform.getAcceptedIssuers();
        }
    }

    /** Accepts exactly one certificate. */
    public static final class Pins implements X509TrustManager {
        private final byte[] wanted;

        public Pins(byte[] wanted) {
            this.wanted = wanted.clone();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            if (!Arrays.equals(chain[0].getEncoded(), wanted)) {
                throw new CertificateException("unknown certificate");
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Accepts nothing. */
    public static final class Refuses implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no servers");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

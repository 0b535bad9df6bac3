package cn.example.weak;

/** Constants: some open a door, some only look like it. All are invented. */
public final class Secrets {
    private Secrets() {}

    public static String cloudKeyId() {
        return "AKIAQ7X2MPLANTEDZ4KW";
    }

    public static String chineseCloudKeyId() {
        return "LTAI5tPLANTEDx7Qm2Zk9RwE";
    }

    public static String privateKey() {
        return "-----BEGIN PRIVATE KEY-----\n"
            + "MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEAplantedPLANTED00\n"
            + "-----END PRIVATE KEY-----\n";
    }

    public static String apiSecret() {
        String appSecret = "9f3c61d07ab84e52c1d7f06a35be2894";
        return sign("appSecret", appSecret);
    }

    public static String uuid() {
        return "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    }

    public static String placeholder() {
        return sign("api_key", "your_api_key_here");
    }

    public static String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\n"
            + "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKplantedPLANTED000000000000000\n"
            + "-----END PUBLIC KEY-----\n";
    }

    public static boolean knownChecksum(String digest) {
        return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".equals(digest);
    }

    public static String alphabet() {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    }

    private static String sign(String name, String value) {
        return name + "=" + value;
    }
}

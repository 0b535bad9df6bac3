package cn.example.weak;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Which cipher is asked for. */
public final class Ciphers {
    private static final String MODE = "AES/ECB/PKCS5Padding";

    private Ciphers() {}

    public static Cipher des() throws GeneralSecurityException {
        return Cipher.getInstance("DES/CBC/PKCS5Padding");
    }

    public static Cipher aesBlockwise() throws GeneralSecurityException {
        return Cipher.getInstance(MODE);
    }

    public static Cipher aesWithoutMode() throws GeneralSecurityException {
        return Cipher.getInstance("AES");
    }

    public static Cipher rc4() throws GeneralSecurityException {
        return Cipher.getInstance("RC4");
    }

    public static Cipher gcm() throws GeneralSecurityException {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    public static Cipher cbc() throws GeneralSecurityException {
        return Cipher.getInstance("AES/CBC/PKCS7Padding");
    }

    /** The word ECB is part of the usual name and means nothing for RSA. */
    public static Cipher rsaOaep() throws GeneralSecurityException {
        return Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    }

    /** The string is only shown. */
    public static String describe() {
        return "unsupported: DES/CBC/PKCS5Padding";
    }
}

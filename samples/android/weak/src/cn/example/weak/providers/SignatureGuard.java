package cn.example.weak.providers;

/** Only apps of the same signer. */
public final class SignatureGuard extends Empty {}

package cn.example.weak;

import android.app.Activity;

/** Gives the package a launcher entry; the cases are only looked at. */
public final class StartActivity extends Activity {}

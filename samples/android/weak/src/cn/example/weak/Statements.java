package cn.example.weak;

import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;

/** How SQL comes together. */
public final class Statements {
    private static final String TABLE = "course";

    private Statements() {}

    public static Cursor builtQuery(SQLiteDatabase database, String name) {
        return database.rawQuery("select * from course where name = '" + name + "'", null);
    }

    public static void builtStatement(SQLiteDatabase database, String name) {
        database.execSQL("delete from course where name = '" + name + "'");
    }

    public static Cursor builtSelection(SQLiteDatabase database, String teacher) {
        String where = new StringBuilder("teacher = '").append(teacher).append('\'').toString();
        return database.query(TABLE, null, where, null, null, null, null);
    }

    public static Cursor boundQuery(SQLiteDatabase database, String name) {
        return database.rawQuery("select * from course where name = ?", new String[] {name});
    }

    public static void constantStatement(SQLiteDatabase database) {
        database.execSQL("create table " + TABLE + " (name text, teacher text)");
    }

    public static Cursor boundSelection(SQLiteDatabase database, String teacher) {
        return database.query(
            TABLE, null, "teacher = ?", new String[] {teacher}, null, null, null);
    }
}

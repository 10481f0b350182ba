using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Headgate.Storage.Sqlite;

/// <summary>Binds the packages to the operating system's own SQLite, which its distribution keeps patched, once per process.</summary>
internal static partial class SqliteRuntime
{
    // RETURNING came with this version.
    private const int OldestVersion = 3_035_000;
    private const string Library = "e_sqlite3";

    // https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int PersistWal = 10;
    private const int HasMoved = 20;

    private static readonly Lazy<string> s_version = new(Bind);

    /// <summary>The version of the library; binds it at the first call.</summary>
    /// <exception cref="DllNotFoundException">The system has none, or one that is too old.</exception>
    public static string Version => s_version.Value;

    /// <summary>Whether the file behind a connection is no longer the one at its path: it was removed, moved or replaced.</summary>
    public static bool FileHasMoved(sqlite3 connection)
    {
        int moved = 0;
        FileControl(connection.DangerousGetHandle(), 0, HasMoved, ref moved);
        return moved != 0;
    }

    /// <summary>Has a connection leave the log file alone when it closes: the one at its path may by now belong to another database.</summary>
    public static void KeepLogFile(sqlite3 connection)
    {
        int keep = 1;
        FileControl(connection.DangerousGetHandle(), 0, PersistWal, ref keep);
    }

    // https://sqlite.org/c3ref/file_control.html; no package has it. The name 0 stands for the main database.
    [LibraryImport(Library, EntryPoint = "sqlite3_file_control")]
    private static partial int FileControl(nint connection, nint name, int operation, ref int argument);

    private static string Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(SqliteRuntime).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        string version = raw.sqlite3_libversion().utf8_to_string();
        return raw.sqlite3_libversion_number() >= OldestVersion
            ? version
            : throw new DllNotFoundException($"The system's SQLite {version} is older than 3.35.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name != Library ? 0
        : NativeLibrary.Load(OperatingSystem.IsWindows() ? "winsqlite3" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0");
}

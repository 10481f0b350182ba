using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Commerce.Shared.Data;

/// <summary>Binds SQLite to the operating system's own library, once per process.</summary>
internal static class SqliteRuntime
{
    private static readonly Lock Gate = new();
    private static bool _ready;

    public static void EnsureReady()
    {
        lock (Gate)
        {
            if (_ready)
                return;
            try
            {
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            }
            catch (InvalidOperationException)
            {
                // Another part of the same process has already bound the provider; its choice is as good.
            }

            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;
            _ready = true;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3")
            return 0;
        var library = OperatingSystem.IsWindows() ? "winsqlite3"
            : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        return NativeLibrary.Load(library);
    }
}

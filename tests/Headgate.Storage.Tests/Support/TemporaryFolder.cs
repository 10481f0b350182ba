namespace Headgate.Storage.Tests.Support;

/// <summary>A folder of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("headgate-store-").FullName;

    public StoreLocation Store => StoreLocation.OfFile(PathOf("headgate.db"));

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

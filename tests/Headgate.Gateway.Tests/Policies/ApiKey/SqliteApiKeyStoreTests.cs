using System.Text;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreCompliance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headgate-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Secret_IsNowhereOnTheDisk()
    {
        IssuedApiKey made;
        await using (KeyStore keys = await KeyStore.OpenAsync(new ManualTime(), await NewLocationAsync()))
        {
            made = await keys.CreateAsync();
            Assert.All(Directory.GetFiles(_folder), file => Assert.DoesNotContain(made.Text[^20..], Encoding.Latin1.GetString(ReadShared(file)), StringComparison.Ordinal));
            Assert.All(keys.Log.Messages, message => Assert.DoesNotContain(made.Text[^20..], message, StringComparison.Ordinal));
        }

        // The id is: the search would have found the secret too.
        Assert.Contains(Directory.GetFiles(_folder), file => Encoding.Latin1.GetString(ReadShared(file)).Contains(made.Key.Id, StringComparison.Ordinal));
    }

    private protected override Task<StoreLocation> NewLocationAsync() => Task.FromResult(StoreLocation.OfFile(Path.Combine(_folder, "headgate.db")));

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;

namespace Commerce.Shared.Hosting;

/// <summary>
/// The installation's secrets: from the environment where given, else made at first start and kept in
/// <c>DATA/secrets/NAME</c>, which only the owner may read.
/// </summary>
internal sealed class SecretFiles(string dataDirectory, Func<string, string?> environment)
{
    public const string ServiceKey = "COMMERCE_SERVICE_KEY";
    public const string PaymentGatewayApiKey = "PAYMENT_GATEWAY_API_KEY";
    public const string PaymentGatewayWebhookSecret = "PAYMENT_GATEWAY_WEBHOOK_SECRET";
    public const string EmailProviderApiKey = "EMAIL_PROVIDER_API_KEY";
    public const string SmsProviderApiKey = "SMS_PROVIDER_API_KEY";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>The secret of that name.</summary>
    public string Get(string name) =>
        environment(name) is { Length: > 0 } given ? given : GetOrMake(name, RandomKey);

    /// <summary>The text kept under <paramref name="name"/>; made by <paramref name="make"/> when there is none yet.</summary>
    public string GetOrMake(string name, Func<string> make)
    {
        var directory = Path.Combine(dataDirectory, "secrets");
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory, OwnerDirectory);
        else
            Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, name);
        if (!File.Exists(file))
            Write(file, make());
        return File.ReadAllText(file);
    }

    // Written aside and moved: another process that starts at the same time sees a whole file or none. The first one wins.
    private static void Write(string file, string text)
    {
        var draft = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(text);
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }

    private static string RandomKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

using System.Collections.Concurrent;

namespace Commerce.Shared.Hosting;

/// <summary>
/// Where each service is found: <c>ORDER_SERVICE_URL</c> when the environment says so, else in this process, else at its
/// usual port on this machine.
/// </summary>
internal sealed class ServiceDirectory(CommerceOptions options)
{
    private readonly ConcurrentDictionary<string, Uri> _here = new();

    public void Register(string service, Uri address) => _here[service] = address;

    public Uri Find(string service)
    {
        var variable = $"{service.ToUpperInvariant().Replace('-', '_')}_URL";
        return Find(service, variable);
    }

    /// <summary>As <see cref="Find(string)"/>, with a variable of another name.</summary>
    public Uri Find(string service, string variable)
    {
        if (options.Environment(variable) is { Length: > 0 } text)
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var address)
                ? address
                : throw new CommerceStartException($"{variable} is not a URL: {text}");
        }

        if (_here.TryGetValue(service, out var here))
            return here;
        return new Uri($"http://{options.Host}:{options.PortBase + ServiceCatalogue.PortOffset(service)}");
    }
}

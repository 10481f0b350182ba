using System.Net;
using System.Net.Sockets;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Policies.AddressList;

/// <summary>From which addresses clients may call.</summary>
public sealed record AddressSettings
{
    /// <summary>The networks from which alone clients may call.</summary>
    [Setting("The networks from which alone clients may call. Empty is from anywhere.", Format = SettingFormat.Network, AllowSingle = true, Count = "0..100000")]
    [Shorthand]
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>The networks from which clients may not call.</summary>
    [Setting("The networks from which clients may not call, also where `allow` has them.", Format = SettingFormat.Network, AllowSingle = true, Count = "0..100000")]
    public IReadOnlyList<string> Deny { get; init; } = [];

    internal static IEnumerable<IPNetwork> Networks(IReadOnlyList<string> texts) => texts.Select(
        text => IPAddress.TryParse(text, out IPAddress? address)
            ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            : IPNetwork.Parse(text));
}

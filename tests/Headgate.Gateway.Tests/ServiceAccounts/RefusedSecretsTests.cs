using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.ServiceAccounts.OAuth;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Guessing secrets is bounded by address and account, and keeps nobody out who is at home.</summary>
public class RefusedSecretsTests
{
    private readonly ManualTime _time = new();
    private readonly RefusedSecrets _refused;

    public RefusedSecretsTests() => _refused = new RefusedSecrets(_time);

    [Fact]
    public async Task Guessing_FromOneAddress_Ends_AndKeepsTheClientOutNowhereElse()
    {
        var behindProxy = new PlanOptions { TrustedProxies = new TrustedProxies([IPNetwork.Parse("127.0.0.0/8")]) };
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(plan: behindProxy);
        IssuedSecret secret = await gateway.CreateAsync();
        string wrong = AccountsGateway.Basic(secret.Account.ClientId, "wrong");
        string right = AccountsGateway.Basic(secret.Account.ClientId, secret.Secret);
        for (int i = 0; i < RefusedSecrets.MostByAddress; i++)
            Assert.Equal(401, await StatusAsync(gateway, wrong, "192.0.2.1"));

        using HttpResponseMessage refused = await gateway.PostAsync("grant_type=client_credentials", right, from: "192.0.2.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("temporarily_unavailable", System.Text.Json.JsonDocument.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error").GetString());
        Assert.Equal(200, await StatusAsync(gateway, right, "192.0.2.2"));

        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, await StatusAsync(gateway, right, "192.0.2.1"));
        Assert.Equal(["Too many wrong client secrets from 192.0.2.1: for up to a minute it is not listened to. The last was for " + secret.Account.ClientId], gateway.Log.Messages.Where(line => line.StartsWith("Too many", StringComparison.Ordinal)));
        Assert.DoesNotContain(gateway.Log.Messages, line => line.Contains(secret.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Guessing_FromManyAddresses_Ends_AndTheClientIsStillAtHome()
    {
        _refused.Accept(7, "svc");
        for (int i = 0; i < RefusedSecrets.MostByClient; i++)
        {
            Assert.Null(_refused.WaitOf((UInt128)(100 + i), "svc"));
            Assert.Equal((false, i == RefusedSecrets.MostByClient - 1), _refused.Add((UInt128)(100 + i), "svc"));
        }

        Assert.NotNull(_refused.WaitOf(9999, "svc"));
        Assert.Null(_refused.WaitOf(7, "svc"));
        Assert.Null(_refused.WaitOf(9999, "other"));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(_refused.WaitOf(9999, "svc"));
    }

    [Fact]
    public void Client_ThatErrs_IsNoLongerAtHome()
    {
        _refused.Accept(7, "svc");
        for (int i = 0; i < RefusedSecrets.MostByAddress; i++)
            _refused.Add(7, "svc");
        Assert.NotNull(_refused.WaitOf(7, "svc"));
    }

    [Fact]
    public void Addresses_BeyondTheBound_AreCountedTogether_ButForThoseAtHome()
    {
        _refused.Accept(1_000_000, "svc");
        for (int i = 0; i < RefusedSecrets.MostCounted + RefusedSecrets.MostByAddress; i++)
            _refused.Add((UInt128)(i + 1), null);
        Assert.Null(_refused.WaitOf(1, "svc"));
        Assert.NotNull(_refused.WaitOf(2_000_000, "svc"));
        Assert.Null(_refused.WaitOf(1_000_000, "svc"));
    }

    private static async Task<int> StatusAsync(AccountsGateway gateway, string authorization, string from)
    {
        using HttpResponseMessage response = await gateway.PostAsync("grant_type=client_credentials", authorization, from: from);
        return (int)response.StatusCode;
    }
}

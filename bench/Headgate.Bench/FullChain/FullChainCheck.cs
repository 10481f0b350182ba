using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.FullChain;

/// <summary>Shows before anything is measured that a subject does what its row says: it lets a good token through and refuses each kind of bad one.</summary>
internal sealed class FullChainCheck(TokenMint mint)
{
    /// <summary>Asks a subject.</summary>
    /// <exception cref="MeasurementFailedException">It answered otherwise than it must.</exception>
    public async Task RunAsync(RunningSubject subject, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = subject.Address };
        foreach (var (what, token, expected) in Cases())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, FullChainDocument.Target);
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.SendAsync(request, cancellation);
            if (response.StatusCode != expected)
                throw new MeasurementFailedException($"{subject.Name} answers {(int)response.StatusCode} to {what}, not {(int)expected}");
        }
    }

    private IEnumerable<(string What, string? Token, HttpStatusCode Expected)> Cases()
    {
        var good = mint.Sign(0, 0);
        var middle = good.LastIndexOf('.') + 100;
        yield return ("a good token", good, HttpStatusCode.OK);
        yield return ("no token", null, HttpStatusCode.Unauthorized);
        yield return ("a changed signature", $"{good[..middle]}{(good[middle] == 'A' ? 'B' : 'A')}{good[(middle + 1)..]}", HttpStatusCode.Unauthorized);
        yield return ("another issuer", With("iss", "https://other.example"), HttpStatusCode.Unauthorized);
        yield return ("another audience", With("aud", "api://payments"), HttpStatusCode.Unauthorized);
        yield return ("an expired token", With("exp", 1), HttpStatusCode.Unauthorized);
        yield return ("a missing scope", With("scope", "profile"), HttpStatusCode.Forbidden);
    }

    private string With(string claim, JsonNode value)
    {
        var claims = mint.Claims(0, 0);
        claims[claim] = value;
        return mint.Sign(claims);
    }
}

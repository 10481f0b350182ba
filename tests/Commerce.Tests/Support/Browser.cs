using System.Net;
using System.Text.RegularExpressions;

namespace Commerce.Tests.Support;

/// <summary>A person's browser at the OpenID provider: it keeps cookies, follows nothing by itself, and fills the sign-in page in.</summary>
internal sealed partial class Browser(Api api)
{
    public Dictionary<string, string> Cookies { get; } = [];

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, IReadOnlyDictionary<string, string> form) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form));

    /// <summary>Goes where the application sends it, and sends the page that is shown there.</summary>
    public async Task<Reply> SignInAsync(string authorizePath, string username, string? password = null)
    {
        var form = FormOf((await GetAsync(authorizePath)).Expect(200));
        return await PostAsync("/identity/login", FilledIn(form, username, password));
    }

    public static Dictionary<string, string> FilledIn(IReadOnlyDictionary<string, string> form, string username, string? password = null) =>
        new(form) { ["username"] = username, ["password"] = password ?? $"{username}-password" };

    /// <summary>The fields of the page's form with the values that they have.</summary>
    public static Dictionary<string, string> FormOf(Reply page) => Input().Matches(page.Content).ToDictionary(
        input => Attribute(input.Value, "name"), input => Attribute(input.Value, "value"));

    private async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        (string, string)[] headers = Cookies.Count == 0 ? [] : [("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")))];
        var reply = await api.SendAsync(method, path, content, headers);
        foreach (var cookie in reply.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split(';')[0].Split('=', 2)[1]);
            if (value.Length == 0)
                Cookies.Remove(name);
            else
                Cookies[name] = value;
        }

        return reply;
    }

    private static string Attribute(string input, string name) =>
        WebUtility.HtmlDecode(Regex.Match(input, $" {name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Input();
}

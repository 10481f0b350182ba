using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Policies.Validation.Forms;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Headgate.Gateway.Tests.Policies.Validation.Fuzz;

/// <summary>Multipart forms beside the framework's reader: what is divided here is divided there at the same places, under the same names; what is ambiguous may be refused.</summary>
public class MultipartFuzzTests
{
    private const string Boundary = "BB";
    private const int Runs = 3_000;

    private static readonly string[] s_bodies =
    [
        "--BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--BB--\r\n",
        "--BB\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain\r\n\r\none\r\ntwo\r\n--BB\r\nContent-Disposition: form-data; name=\"b\"; filename=\"x\"\r\n\r\n\0\u00ff\r\n--BB--",
        "preamble\r\n--BB\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--BB-- \r\nepilogue",
    ];

    [Fact]
    public async Task Parts_OfAnyBody_AreThoseThatTheFrameworkReads()
    {
        int read = 0;
        await Task.Run(() => Prop.ForAll(Arb.From(Gen.OneOf(FuzzTexts.Rubbish, FuzzTexts.Mutated(s_bodies))), text =>
        {
            byte[] body = Encoding.Latin1.GetBytes(text);
            if (Split(body) is not { } own)
                return;
            read++;
            Assert.Equal(FrameworkAsync(body).GetAwaiter().GetResult(), own);
        }).Check(FuzzTexts.Config(Runs)));
        Assert.InRange(read, Runs / 10, Runs);
    }

    [Fact]
    public void Parts_ThatAClientWrote_AreReadBackEqual()
    {
        Gen<(string Name, byte[] Content)> part =
            from name in Gen.Elements("a", "b", "name with spaces", "filter[x]", "n-1")
            from content in FuzzTexts.Rubbish
            select (name, Encoding.Latin1.GetBytes(content));
        Gen<(string Name, byte[] Content)[]> parts = from count in Gen.Choose(1, 20) from list in part.ListOf(count) select list.ToArray();
        Prop.ForAll(Arb.From(parts), written =>
        {
            // A boundary is right when no content has it in it.
            using var form = new MultipartFormDataContent("--------f7a1c0de");
            foreach ((string name, byte[] content) in written)
                form.Add(new ByteArrayContent(content), $"\"{name}\"");
            using var body = new MemoryStream();
            form.CopyTo(body, null, TestContext.Current.CancellationToken);
            Assert.Equal(written.Select(one => (one.Name, Encoding.Latin1.GetString(one.Content))), Split(body.ToArray(), "--------f7a1c0de"));
        }).Check(FuzzTexts.Config(1_000));
    }

    private static List<(string, string)>? Split(byte[] body, string boundary = Boundary)
    {
        var parts = new MultipartPart[MultipartBody.MostParts];
        int count = MultipartSplitter.Split(body, Encoding.ASCII.GetBytes($"\r\n--{boundary}"), parts);
        return count < 0 ? null : [.. parts[..count].Select(part => (Encoding.UTF8.GetString(body.AsSpan()[part.Name]), Encoding.Latin1.GetString(body.AsSpan()[part.Content])))];
    }

    private static async Task<List<(string, string)>> FrameworkAsync(byte[] body)
    {
        var reader = new MultipartReader(Boundary, new MemoryStream(body));
        var found = new List<(string, string)>();
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content);
            string name = HeaderUtilities.RemoveQuotes(section.GetContentDispositionHeader()!.Name).ToString();
            found.Add((name, Encoding.Latin1.GetString(content.ToArray())));
        }

        return found;
    }
}

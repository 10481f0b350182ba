using System.Text.Json;
using Headgate.OpenApi.Schemas;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>The formats that OpenAPI documents use.</summary>
public class FormatTests
{
    [Theory]
    [InlineData("date", "2026-02-28", "2024-02-29", "2000-02-29")]
    [InlineData("date-time", "2026-03-01T12:30:00Z", "2026-03-01t12:30:00.123456789z", "2026-03-01T12:30:00+14:00", "1998-12-31T23:59:60Z", "1998-12-31T15:59:60.123-08:00")]
    [InlineData("time", "12:30:00Z", "23:59:60Z", "08:30:06.283185+00:20")]
    [InlineData("duration", "P4DT12H30M5S", "PT0S", "P1M", "PT1M", "P4W", "P1Y2M3D", "PT36H")]
    [InlineData("email", "joe.bloggs@example.com", "te~st@example.com", "\"joe bloggs\"@example.com", "joe@[127.0.0.1]", "joe@[IPv6:::1]", "a+b@x.y")]
    [InlineData("hostname", "www.example.com", "xn--4gbwdl.xn--wgbh1c", "a", "1.2.3.x", "host-name")]
    [InlineData("ipv4", "192.168.0.1", "0.0.0.0", "255.255.255.255")]
    [InlineData("ipv6", "::1", "::", "12::42:ff", "1:d6::42", "1::d6:192.168.0.1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:192.168.0.1", "1:2:3:4:5:6:7::")]
    [InlineData("uri", "http://foo.bar/?baz=qux#quux", "urn:oasis:names:specification:docbook:dtd:xml:4.1.2", "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:a@b.c", "tel:+1-816-555-1212", "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", "file:///etc")]
    [InlineData("uri-reference", "", "/abc", "abc", "#frag", "//host/p", "?q", "http://a.b/", "a/b:c")]
    [InlineData("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", "98d80576-482e-427f-8434-7f86890ab222", "00000000-0000-0000-0000-000000000000")]
    [InlineData("json-pointer", "", "/foo/bar~0/baz~1/%a", "/")]
    [InlineData("regex", "([abc])+\\s+$", "^\\d{3}$")]
    [InlineData("byte", "", "aGVsbG8=", "aGVsbG8h")]
    [InlineData("binary", "anything")]
    [InlineData("password", "anything")]
    public void Text_OfItsFormat_IsAllowed(string format, params string[] values) =>
        Assert.All(values, value => Assert.True(Of(format).Allows(JsonSerializer.Serialize(value)), value));

    [Theory]
    [InlineData("date", "2026-02-29", "2026-13-01", "2026-00-10", "1900-02-29", "26-02-01", "2026-2-1", "2026-02-00", "2026-02-01T", "২026-02-01", "")]
    [InlineData("date-time", "2026-03-01", "2026-03-01T12:30:00", "2026-03-01 12:30:00Z", "2026-03-01T24:00:00Z", "1998-12-31T23:58:60Z", "2026-03-01T12:30:00+1:00", "2026-03-01T12:30Z", "2026-03-01T12:30:00.Z", "")]
    [InlineData("time", "12:30:00", "24:00:00Z", "12:60:00Z", "12:30:61Z", "22:59:60Z", "12:30:00Z+00:00", "")]
    [InlineData("duration", "PT1D", "P", "P1YT", "PT", "P2D1Y", "P1D2H", "P2S", "4DT12H", "P1Y2W", "P1", "PW", "P1.5D", "P1Y3D")]
    [InlineData("email", "2962", "joe@", "@example.com", ".test@example.com", "te..st@example.com", "test.@example.com", "joe bloggs@example.com", "joe@[127.0.0.300]", "joe@a_b.c", "")]
    [InlineData("hostname", "-a-host", "a-host-", "a_host", "", ".example", "example.", "ex ample", "a..b")]
    [InlineData("ipv4", "127.0.0.0.1", "256.256.256.256", "127.0", "0x7f000001", "087.10.0.1", "1.2.3.", " 1.2.3.4", "")]
    [InlineData("ipv6", "12345::", "1:1:1:1:1:1:1:1:1", "::laptop", "1:2:3:4:5:::8", "::1::", ":2:3:4:5:6:7:8", "1:2:3:4:5:6:7:", "1:2:3:4:1.2.3", "::192.168.0.999", "fe80::a%eth1", "1:2:3:4:5:6:7:8::", "1.2.3.4::", "")]
    [InlineData("uri", "//foo.bar/?baz=qux#quux", "/abc", "\\\\WINDOWS\\fileshare", "abc", "http:// shouldfail.com", ":// should fail", "bar,baz:foo", "https://[@example.org/test.txt", "https://example.org/foobar\\.txt", "http://a/%zz", "http://a b/", "1http://a")]
    [InlineData("uri-reference", "\\\\WINDOWS\\fileshare", "#frag\\ment", "a:b:c d", "1a:b", "//[x]/")]
    [InlineData("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4ga-73b441d16380", "2eb8aa08-aa98-11eab4aa73-b441d16380", "{98d80576-482e-427f-8434-7f86890ab222}")]
    [InlineData("json-pointer", "foo", "/foo/bar~", "/~2", "#/a")]
    [InlineData("regex", "^(abc]", "\\Z", "a**", "[z-a]")]
    [InlineData("byte", "a", "aGVsbG8", "aGVs bG8=", "aGV$bG8=", "aGVsbG8_")]
    public void Text_OfAnotherFormat_IsRefused(string format, params string[] values) =>
        Assert.All(values, value => Assert.False(Of(format).Allows(JsonSerializer.Serialize(value)), value));

    [Theory]
    [InlineData("int32", "2147483647", true)]
    [InlineData("int32", "-2147483648", true)]
    [InlineData("int32", "2147483648", false)]
    [InlineData("int32", "1.0", true)]
    [InlineData("int32", "1.5", false)]
    [InlineData("int64", "9223372036854775807", true)]
    [InlineData("int64", "9223372036854775808", false)]
    [InlineData("int64", "1e300", false)]
    [InlineData("float", "3.4e38", true)]
    [InlineData("float", "3.5e38", false)]
    [InlineData("double", "1.7e308", true)]
    [InlineData("double", "1e309", false)]
    public void Number_OfAFormat_IsHeldToItsRange(string format, string value, bool isAllowed) => Assert.Equal(isAllowed, Of(format).Allows(value));

    [Fact]
    public void Format_WhereItIsAnAnnotation_RefusesNothing() => Assert.True(new TestSchema("""{ "format": "date" }""").Allows("\"no date\""));

    private static TestSchema Of(string format) => new($$"""{ "format": "{{format}}" }""", new SchemaOptions { AssertFormats = true });
}

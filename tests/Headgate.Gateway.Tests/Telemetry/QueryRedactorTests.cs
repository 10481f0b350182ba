using Headgate.Gateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

public class QueryRedactorTests
{
    private static readonly QueryRedactor s_redactor = new(QueryRedactor.DefaultNames.Append("customer-ref"));

    [Theory]
    [InlineData("?token=x", "?token=REDACTED")]
    [InlineData("?TOKEN=x&b=1", "?TOKEN=REDACTED&b=1")]
    [InlineData("?%74oken=x", "?%74oken=REDACTED")]
    [InlineData("?api_key=x", "?api_key=REDACTED")]
    [InlineData("?api-key=x", "?api-key=REDACTED")]
    [InlineData("?key=a&password=b&secret=c&sig=d&signature=e&code=f", "?key=REDACTED&password=REDACTED&secret=REDACTED&sig=REDACTED&signature=REDACTED&code=REDACTED")]
    [InlineData("?X-Amz-Signature=x&X-Amz-Date=1", "?X-Amz-Signature=REDACTED&X-Amz-Date=1")]
    [InlineData("?user[password]=x", "?user[password]=REDACTED")]
    [InlineData("?user%5Bpassword%5D=x", "?user%5Bpassword%5D=REDACTED")]
    [InlineData("?a[token][]=x", "?a[token][]=REDACTED")]
    [InlineData("?filter.secret=x", "?filter.secret=REDACTED")]
    [InlineData("?a=1;token=x;b=2", "?a=1;token=REDACTED;b=2")]
    [InlineData("?token=a=b=c", "?token=REDACTED")]
    [InlineData("?%zz=x", "?%zz=REDACTED")]
    [InlineData("?customer_ref=x", "?customer_ref=REDACTED")]
    [InlineData("?accessToken=x&clientSecret=y", "?accessToken=REDACTED&clientSecret=REDACTED")]
    [InlineData("?x-api-key=x", "?x-api-key=REDACTED")]
    [InlineData("?new_password=x&resetToken=y", "?new_password=REDACTED&resetToken=REDACTED")]
    [InlineData("?sessionId=x&SAMLResponse=y", "?sessionId=REDACTED&SAMLResponse=REDACTED")]
    [InlineData("?page=1&other=hgk_0123456789ab_secret", "?page=1&other=REDACTED")]
    [InlineData("?Bearer%20hgk_0123456789ab_secret&b=1", "?REDACTED&b=1")]
    public void Redact_TellingName_HidesTheValue(string query, string redacted) => Assert.Equal(redacted, s_redactor.RedactQuery(query));

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?&&;&")]
    [InlineData("?page=1&size=20")]
    [InlineData("?token=")]
    [InlineData("?tokens=2&keyboard=1&state=open&barcode=9")]
    [InlineData("?q=a%20b+c&flag")]
    public void Redact_OrdinaryQuery_IsUnchanged(string query) => Assert.Equal(query, s_redactor.RedactQuery(query));

    [Fact]
    public void Redact_NameTooLongToRead_HidesTheValue() =>
        Assert.EndsWith("=REDACTED", s_redactor.RedactQuery($"?{new string('a', 500)}=x"), StringComparison.Ordinal);

    [Fact]
    public async Task Plan_WithAnApiKeyInTheQuery_HasItsParameterRedacted()
    {
        string path = Path.GetTempFileName();
        var options = new TelemetryOptions { AccessLog = Gateway.Telemetry.AccessLog.AccessLogFormat.Text, AccessLogPath = path };
        await using (GatewayTelemetry telemetry = GatewayTelemetry.Create(options, TimeProvider.System, NullLoggerFactory.Instance))
        {
            telemetry.OnPlanActivated(new TestApi("shop", TestApi.KeyInQuery("partner")).Add("a", "GET /a").Plan());
            var context = TestRequest.Ended(query: "?partner=s3cret");
            telemetry.Recorder.OnEnded(context, context.Timings.StartedAt + 1);
        }

        string line = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);
        Assert.Contains("?partner=REDACTED", line, StringComparison.Ordinal);
    }
}

using System.Text;
using Headgate.Gateway.Errors;
using Headgate.Integration.Events.Ingest;
using Headgate.Integration.Events.Log;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Tests.Events.Ingest;

/// <summary>What is an event, in each of the four forms, and what is said of what is none.</summary>
public sealed class EventRequestTests
{
    private const string Minimal = """{"specversion":"1.0","id":"1","source":"/orders","type":"order.created"}""";

    [Fact]
    public void Structured_Event_IsReadWithAllItsAttributes()
    {
        NewEvent read = One("application/cloudevents+json; charset=UTF-8", """
            {"specversion":"1.0","id":"1","source":"https://orders.example","type":"order.status_changed","subject":"ord_1","time":"2026-01-02T03:04:05.123456789+02:00",
             "dataschema":"https://schemas.example/order","correlationid":"c","causationid":null,"tenantid":"acme","sampled":true,"rate":3,"note":"\u00e9","data":{"a": [1, 2.50]}}
            """);
        Assert.Equal(("1", "https://orders.example", "order.status_changed", "order", "ord_1"), (read.ProducerId, read.Source, read.Type, read.AggregateType, read.AggregateId));
        Assert.Equal(("ord_1", "2026-01-02T03:04:05.123456789+02:00", "https://schemas.example/order", "c", null), (read.Subject, read.Time, read.DataSchema, read.CorrelationId, read.CausationId));
        Assert.Equal(("acme", "application/json", """{"a": [1, 2.50]}"""), (read.Tenant, read.DataContentType, Encoding.UTF8.GetString(read.Payload)));
        Assert.Equal("""{"sampled":true,"rate":3,"note":"\u00E9"}""", read.Extensions);
    }

    [Fact]
    public void What_AnEventSpeaksOf_IsToldByPartitionKeyThenSubjectThenId()
    {
        Assert.Equal(("order", "1"), Aggregate(""));
        Assert.Equal(("order", "s"), Aggregate(""","subject":"s" """));
        Assert.Equal(("basket", "p"), Aggregate(""","subject":"s","partitionkey":"p","aggregatetype":"basket" """));
        Assert.Equal("created", One("application/cloudevents+json", Minimal.Replace("order.created", "created", StringComparison.Ordinal)).AggregateType);

        static (string, string) Aggregate(string more) => One("application/cloudevents+json", Minimal[..^1] + more + "}") is var read ? (read.AggregateType, read.AggregateId) : default;
    }

    // CloudEvents JSON format 1.0.2 §3.1.1.
    [Theory]
    [InlineData(""","data":"text" """, "application/json", "\"text\"")]
    [InlineData(""","datacontenttype":"application/vnd.x+json","data":"text" """, "application/vnd.x+json", "\"text\"")]
    [InlineData(""","datacontenttype":"text/plain","data":"line\n" """, "text/plain", "line\n")]
    [InlineData(""","data_base64":"AAH/" """, null, "\0\u0001\u00ff")]
    [InlineData(""","data":null""", "application/json", "null")]
    [InlineData("", null, "")]
    public void Data_AreWhatTheirContentTypeMakesOfThem(string more, string? mediaType, string data)
    {
        NewEvent read = One("application/cloudevents+json", Minimal[..^1] + more + "}");
        Assert.Equal((mediaType, data), (read.DataContentType, Encoding.Latin1.GetString(read.Payload)));
    }

    [Theory]
    [InlineData("\U0001F600%20and%20\u00e9", "\U0001F600 and \u00e9")]
    [InlineData("%F0%9F%98%80", "\U0001F600")]
    [InlineData("100%25", "100%")]
    [InlineData("\"a \\b \\\\ \\\" %20c\"", "a b \\ \"  c")]
    [InlineData("100%", null)]
    [InlineData("100%2", null)]
    [InlineData("100%zz", null)]
    [InlineData("%ff", null)]
    public void Binary_Attribute_IsPercentEncodedUnicode(string field, string? subject)
    {
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = Read("", ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/o"), ("ce-type", "t"), ("ce-subject", field));

        Assert.Equal(subject is null, failure is not null);
        Assert.Equal(subject, events.Count == 0 ? null : events[0].Subject);
    }

    [Fact]
    public void Envelope_WithANameInItsDataThatIsNoText_IsTaken()
    {
        NewEvent read = One("application/json", """{"eventId":"1","eventType":"t.u","source":"/o","timestamp":"2026-01-02T03:04:05Z","data":{"\ud800\ud800":1,"aggregateId":"a"}}""");

        Assert.Equal("a", read.AggregateId);
    }

    [Fact]
    public void Binary_Event_HasItsAttributesInFields()
    {
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = Read(
            "{\"a\":1}", ("Content-Type", "application/json"), ("CE-SpecVersion", "1.0"), ("ce-id", "1"), ("ce-source", "/o%C3%A9"), ("ce-type", "order.created"), ("ce-subject", "\"quoted \\\" text\""), ("ce-sampledrate", "3"));
        Assert.Null(failure);
        NewEvent read = Assert.Single(events);
        Assert.Equal(("1", "/oé", "quoted \" text", "application/json", "{\"sampledrate\":\"3\"}"), (read.ProducerId, read.Source, read.Subject, read.DataContentType, read.Extensions));
    }

    [Fact]
    public void Envelope_MapsOntoTheSameEvent()
    {
        NewEvent read = One("application/json", """
            {"eventId":"e1","eventType":"order.created","source":"order-service","timestamp":"2026-01-02T03:04:05Z","correlationId":"c","causationId":"d",
             "data":{"eventId":"e1","aggregateId":"ord_1","version":1},"metadata":{"region":"eu"}}
            """);
        Assert.Equal(("e1", "order.created", "order-service", "2026-01-02T03:04:05Z"), (read.ProducerId, read.Type, read.Source, read.Time));
        Assert.Equal(("c", "d", "order", "ord_1", "application/json"), (read.CorrelationId, read.CausationId, read.AggregateType, read.AggregateId, read.DataContentType));
        Assert.Equal("""{"metadata":"{\u0022region\u0022:\u0022eu\u0022}"}""", read.Extensions);
        Assert.Equal("""{"eventId":"e1","aggregateId":"ord_1","version":1}""", Encoding.UTF8.GetString(read.Payload));
    }

    [Theory]
    [InlineData("""{"specversion":"0.3","id":"1","source":"/o","type":"t"}""", "/specversion")]
    [InlineData("""{"id":"1","source":"/o","type":"t"}""", "/specversion")]
    [InlineData("""{"specversion":"1.0","id":"","source":"/o","type":"t"}""", "/id")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o o","type":"t"}""", "/source")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o"}""", "/type")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","time":"yesterday"}""", "/time")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","time":"2026-02-30T00:00:00Z"}""", "/time")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","dataschema":"relative"}""", "/dataschema")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","datacontenttype":"json"}""", "/datacontenttype")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","Upper":"x"}""", "/Upper")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","snake_case":"x"}""", "/snake_case")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","offset":"7"}""", "/offset")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","list":[1]}""", "/list")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","rate":1.5}""", "/rate")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","note":"a\u0001b"}""", "/note")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","id":"2"}""", "/id")]
    [InlineData("""{"specversion":"1.0","id":"\ud800","source":"/o","type":"t"}""", "/id")]
    [InlineData("""{"specversion":"1.0","id":"a\u0000b","source":"/o","type":"t"}""", "/id")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","data":1,"data_base64":"AA=="}""", "/data_base64")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","data":1,"data":2}""", "/data")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","data_base64":"%%"}""", "/data_base64")]
    [InlineData("""{"specversion":"1.0","id":5,"source":"/o","type":"t"}""", "/id")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","tenantid":true}""", "/tenantid")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/o","type":"t","\ud800":1}""", "")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    [InlineData("", "")]
    [InlineData("{} {}", "")]
    public void Structured_WithAMistake_IsRefusedAtItsPlace(string body, string pointer) => AssertRefused("application/cloudevents+json", body, pointer);

    [Theory]
    [InlineData("""{"eventId":"1","eventType":"t","source":"/o","data":1}""", "/timestamp")]
    [InlineData("""{"eventType":"t","source":"/o","timestamp":"2026-01-02T03:04:05Z","data":1}""", "/eventId")]
    [InlineData("""{"eventId":"1","eventType":"t","source":"/o","timestamp":"2026-01-02T03:04:05Z"}""", "/data")]
    [InlineData("""{"eventId":1,"eventType":"t","source":"/o","timestamp":"2026-01-02T03:04:05Z","data":1}""", "/eventId")]
    [InlineData("""{"eventId":"1","eventType":"t","source":"/o","timestamp":"2026-01-02T03:04:05Z","data":1,"metadata":{"a":1}}""", "/metadata")]
    [InlineData("""{"eventId":"1","eventType":"t","source":"/o","timestamp":"2026-01-02T03:04:05Z","data":1,"more":1}""", "/more")]
    public void Envelope_WithAMistake_IsRefusedAtItsPlace(string body, string pointer) => AssertRefused("application/json", body, pointer);

    [Theory]
    [InlineData("ce-id", null, "#/header/ce-id")]
    [InlineData("ce-source", "%zz", "#/header/ce-source")]
    [InlineData("ce-source", "%ff", "#/header/ce-source")]
    [InlineData("ce-data", "x", "#/header/ce-data")]
    [InlineData("ce-some-thing", "x", "#/header/ce-some-thing")]
    [InlineData("ce-datacontenttype", "text/plain", "#/header/content-type")]
    public void Binary_WithAMistake_IsRefusedAtItsField(string field, string? value, string pointer)
    {
        var fields = new Dictionary<string, string?> { ["Content-Type"] = "application/json", ["ce-specversion"] = "1.0", ["ce-id"] = "1", ["ce-source"] = "/o", ["ce-type"] = "t", [field] = value };
        (_, GatewayFailure? failure) = Read("{}", [.. fields.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!))]);
        Assert.Equal(EventErrors.Invalid, failure!.Kind);
        Assert.Contains(failure.Errors, error => error.Pointer == pointer);
    }

    // RFC 3339 §5.6: letters of either case. No leap seconds, nor more digits than nanoseconds have: too many readers know neither.
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", true)]
    [InlineData("2026-01-02t03:04:05.1z", true)]
    [InlineData("2026-01-02T03:04:05.123456789+05:30", true)]
    [InlineData("2026-01-02T03:04:05-00:00", true)]
    [InlineData("2026-01-02T03:04:05", false)]
    [InlineData("2026-01-02 03:04:05Z", false)]
    [InlineData("2026-01-02T03:04:05+0530", false)]
    [InlineData("2026-12-31T23:59:60Z", false)]
    [InlineData("2026-01-02T03:04:05.1234567890Z", false)]
    [InlineData("2026-01-02T24:00:00Z", false)]
    [InlineData("2026-13-02T00:00:00Z", false)]
    public void Time_IsThatOfRfc3339(string time, bool isTaken)
    {
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = Read($"{Minimal[..^1]},\"time\":\"{time}\"}}", ("Content-Type", "application/cloudevents+json"));
        Assert.Equal(isTaken, failure is null);
        Assert.Equal(isTaken ? time : null, events.Count == 0 ? null : events[0].Time);
    }

    // What is no text would break the answer of every reader that comes to it.
    [Theory]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"1","source":"/orders","type":"t","data":{"name":"~"}}""")]
    [InlineData("application/cloudevents-batch+json", """[{"specversion":"1.0","id":"1","source":"/orders","type":"t","data":"~"}]""")]
    [InlineData("application/json", """{"eventId":"1","eventType":"t","source":"/o","timestamp":"2026-01-02T03:04:05Z","data":{"~":1}}""")]
    [InlineData("application/json", """{"name":"~"}""", "ce-specversion", "ce-id", "ce-source", "ce-type")]
    public void Json_ThatIsNotUtf8_IsRefused(string contentType, string body, params string[] fields)
    {
        var headers = new HeaderDictionary { ["Content-Type"] = contentType };
        foreach (string field in fields)
            headers[field] = field == "ce-specversion" ? "1.0" : "x";
        byte[] bytes = [.. Encoding.UTF8.GetBytes(body).Select(one => one == '~' ? (byte)0xFF : one)];

        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = EventRequest.Read(headers, bytes, null);

        Assert.Empty(events);
        Assert.Equal(EventErrors.Invalid, failure!.Kind);
        Assert.Contains("is not JSON", Assert.Single(failure.Errors).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_WithJsonThatIsNone_IsRefused()
    {
        (_, GatewayFailure? failure) = Read("{", ("Content-Type", "application/json"), ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/o"), ("ce-type", "t"));
        Assert.Contains("is not JSON", Assert.Single(failure!.Errors).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_WithABadEvent_IsRefusedWhole_AndNamesIt()
    {
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = Read($"[{Minimal},{{\"specversion\":\"1.0\",\"id\":\"2\",\"type\":\"t\"}},7]", ("Content-Type", "application/cloudevents-batch+json"));
        Assert.Empty(events);
        Assert.Equal(EventErrors.Invalid, failure!.Kind);
        Assert.Equal("Of the 3 events of the batch 2 cannot be taken, so none was.", failure.Detail);
        Assert.Equal(["/1/source", "/2"], failure.Errors.Select(error => error.Pointer));
        Assert.Empty(Read("[]", ("Content-Type", "application/cloudevents-batch+json")).Events);
        Assert.Equal(2, Read($"[{Minimal},{Minimal}]", ("Content-Type", "application/cloudevents-batch+json")).Events.Count);
    }

    [Fact]
    public void Sizes_BeyondTheBounds_Are413()
    {
        string large = $"{Minimal[..^1]},\"data\":\"{new string('x', EventBounds.MostPayloadBytes)}\"}}";
        (_, GatewayFailure? failure) = Read(large, ("Content-Type", "application/cloudevents+json"));
        Assert.Equal((EventErrors.TooLarge, "/data"), (failure!.Kind, Assert.Single(failure.Errors).Pointer));
        string many = $"[{string.Join(',', Enumerable.Repeat(Minimal, EventBounds.MostAtOnce + 1))}]";
        Assert.Equal(EventErrors.TooLarge, Read(many, ("Content-Type", "application/cloudevents-batch+json")).Failure!.Kind);
        Assert.Null(Read($"{Minimal[..^1]},\"data\":\"{new string('x', 64 * 1024)}\"}}", ("Content-Type", "application/cloudevents+json")).Failure);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/cloudevents+xml")]
    [InlineData("application/cloudevents")]
    [InlineData("application/cloudevents+json; charset=utf-16")]
    [InlineData(null)]
    public void MediaType_ThatIsNoEvents_Is415(string? contentType)
    {
        (_, GatewayFailure? failure) = contentType is null ? Read(Minimal) : Read(Minimal, ("Content-Type", contentType));
        Assert.Equal(ErrorCatalogue.RequestMediaTypeUnsupported, failure!.Kind);
    }

    [Fact]
    public void Tenant_OfTheRequest_IsTheEvents_AndNoOtherMayBeNamed()
    {
        string named = $"{Minimal[..^1]},\"tenantid\":\"acme\"}}";
        Assert.Equal("acme", Assert.Single(Read(named, "acme", ("Content-Type", "application/cloudevents+json")).Events).Tenant);
        Assert.Equal("other", Assert.Single(Read(Minimal, "other", ("Content-Type", "application/cloudevents+json")).Events).Tenant);
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = Read($"[{Minimal},{named}]", "other", ("Content-Type", "application/cloudevents-batch+json"));
        Assert.Empty(events);
        Assert.Equal((ErrorCatalogue.TenantMismatch, "/1/tenantid"), (failure!.Kind, Assert.Single(failure.Errors).Pointer));
    }

    private static void AssertRefused(string contentType, string body, string pointer)
    {
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = Read(body, ("Content-Type", contentType));
        Assert.Empty(events);
        Assert.Equal(EventErrors.Invalid, failure!.Kind);
        Assert.Equal(pointer, Assert.Single(failure.Errors).Pointer);
    }

    private static NewEvent One(string contentType, string body)
    {
        (IReadOnlyList<NewEvent> events, GatewayFailure? failure) = Read(body, ("Content-Type", contentType));
        Assert.Null(failure);
        return Assert.Single(events);
    }

    private static (IReadOnlyList<NewEvent> Events, GatewayFailure? Failure) Read(string body, params (string, string)[] fields) => Read(body, null, fields);

    private static (IReadOnlyList<NewEvent> Events, GatewayFailure? Failure) Read(string body, string? tenant, params (string Name, string Value)[] fields)
    {
        var headers = new HeaderDictionary();
        foreach ((string name, string value) in fields)
            headers[name] = value;
        return EventRequest.Read(headers, Encoding.UTF8.GetBytes(body), tenant);
    }
}

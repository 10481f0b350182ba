using System.Globalization;

namespace Headgate.TestSupport;

/// <summary>A span as a collector received it (opentelemetry.proto.trace.v1.Span).</summary>
public sealed record CollectedSpan(
    string Service, string Source, string TraceId, string SpanId, string ParentId, string Name, ulong Kind, ulong StartNanoseconds, ulong EndNanoseconds, bool IsError, IReadOnlyDictionary<string, string> Attributes)
{
    public const ulong Server = 2;
    public const ulong Client = 3;

    /// <summary>Decodes an ExportTraceServiceRequest.</summary>
    public static IEnumerable<CollectedSpan> Decode(byte[] request) =>
        from resource in new ProtobufFields(request).Messages(1)
        let service = AttributesOf(resource.Messages(1).Single(), 1).GetValueOrDefault("service.name", "")
        from scope in resource.Messages(2)
        let source = scope.Messages(1).Single().Text(1)
        from span in scope.Messages(2)
        select new CollectedSpan(
            service, source, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Number(6), span.Number(7), span.Number(8),
            span.Messages(15).Any(status => status.Number(3) == 2), AttributesOf(span, 9));

    /// <summary>Reads a list of KeyValue.</summary>
    public static Dictionary<string, string> AttributesOf(ProtobufFields message, int number) =>
        message.Messages(number).ToDictionary(pair => pair.Text(1), pair => ValueOf(pair.Messages(2).Single()));

    private static string ValueOf(ProtobufFields value) =>
        value.Has(1) ? value.Text(1) : value.Number(3).ToString(CultureInfo.InvariantCulture);
}

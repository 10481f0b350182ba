using System.Globalization;
using System.Text;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Documents;

/// <summary>
/// Documents of any number of operations, each with parameters, an answer's schema and descriptions, about 850 bytes
/// of JSON: ten thousand of them are the 8 MB of the compile budget.
/// </summary>
internal static class GrowingDocument
{
    /// <summary>The path of operation <c>%d</c>, with a value for its template.</summary>
    public const string PathPattern = "/area%d/items/4711";

    private const string Head = """{"openapi":"3.1.0","info":{"title":"Growing","version":"1.0.0"},"paths":{""";
    private const string Probe = "\"" + NginxUpstream.SmallPath + "\"" + """:{"get":{"operationId":"probe","responses":{"200":{"description":"100 bytes"}}}}""";
    private const string Number = "NUMBER";
    private const string Operation = """
        "/areaNUMBER/items/{itemId}":{"get":{"operationId":"getItemNUMBER","summary":"One item of area NUMBER","tags":["areaNUMBER"],
        "parameters":[{"name":"itemId","in":"path","required":true,"schema":{"type":"integer","minimum":1}},
        {"name":"expand","in":"query","schema":{"type":"string","enum":["owner","parts","history"]}},
        {"name":"limit","in":"query","schema":{"type":"integer","minimum":1,"maximum":100,"default":20}}],
        "responses":{"200":{"description":"The item","content":{"application/json":{"schema":{"type":"object","required":["id","name"],
        "properties":{"id":{"type":"integer"},"name":{"type":"string","maxLength":200},"price":{"type":"number","minimum":0},
        "tags":{"type":"array","items":{"type":"string"}},"createdAt":{"type":"string","format":"date-time"}}}}}},
        "404":{"description":"No such item"}}}}
        """;

    public static string Write(int operations)
    {
        var document = new StringBuilder(Head, operations * 900).Append(Probe);
        for (var number = 0; number < operations; number++)
            document.Append(",\n").Append(Operation.Replace(Number, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return document.Append("}}\n").ToString();
    }
}

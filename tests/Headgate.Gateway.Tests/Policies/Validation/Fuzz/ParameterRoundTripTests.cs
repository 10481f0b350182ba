using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Policies.Validation;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Tests.Policies.Validation.Fuzz;

/// <summary>
/// Whatever a correct client writes in any style is read back as it was meant: it passes a schema that allows that value alone, and none that allows another. And whatever anybody
/// else writes is read or refused, without a fault.
/// </summary>
public class ParameterRoundTripTests
{
    private const int Runs = 150;

    private static readonly RoundTripCase[] s_cases =
    [
        .. Of(ParameterLocation.Path, ParameterStyle.Simple, ParameterStyle.Label, ParameterStyle.Matrix),
        .. Of(ParameterLocation.Header, ParameterStyle.Simple),
        .. Of(ParameterLocation.Query, ParameterStyle.Form),
        .. Of(ParameterLocation.Cookie, ParameterStyle.Form).Where(one => !one.Explode || one.Shape == ParameterShape.Scalar),
        .. from style in new[] { ParameterStyle.SpaceDelimited, ParameterStyle.PipeDelimited }
           from shape in new[] { ParameterShape.Array, ParameterShape.Object }
           select new RoundTripCase(ParameterLocation.Query, style, false, shape),
        new(ParameterLocation.Query, ParameterStyle.DeepObject, true, ParameterShape.Object),
    ];

    // One for all schemas of a test: it has the meta-schemas in it.
    private readonly SchemaLibrary _library = new();
    private int _schemas;

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, s_cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_ThatIsEncoded_IsReadBackEqual(int number)
    {
        RoundTripCase one = s_cases[number];
        TestContext.Current.TestOutputHelper!.WriteLine(one.ToString());
        Prop.ForAll(Arb.From(Values(one)), value =>
        {
            string text = one.Encode(value);
            string? wrong = Read(RuleOf(one, value), text);
            if (wrong is not null)
                throw new InvalidOperationException($"{one}: {value.ToJsonString()}, written '{text}', {wrong}.");
            return Read(RuleOf(one, Another(value)), text) is not null;
        }).Check(FuzzTexts.Config(Runs));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_OfAnyKind_IsReadOrRefused(int number)
    {
        RoundTripCase one = s_cases[number];
        var value = new JsonArray("a", "b");
        JsonNode right = one.Shape switch { ParameterShape.Array => value, ParameterShape.Object => new JsonObject { ["a"] = "b" }, _ => JsonValue.Create("a") };
        Gen<string> texts = Gen.OneOf(FuzzTexts.Rubbish, FuzzTexts.Mutated(one.Encode(right), one.Encode(right) + one.Encode(right), $"{RoundTripCase.Name}={RoundTripCase.Name}"));
        ParameterRule rule = RuleOf(one, null);
        int read = 0;
        Prop.ForAll(Arb.From(texts), text =>
        {
            read += Read(rule, text) is null ? 1 : 0;
            return true;
        }).Check(FuzzTexts.Config(Runs));

        // A generator of which nothing can be read would show nothing.
        Assert.InRange(read, 1, Runs);
    }

    private static IEnumerable<RoundTripCase> Of(ParameterLocation location, params ParameterStyle[] styles) =>
        from style in styles
        from explode in new[] { false, true }
        from shape in new[] { ParameterShape.Scalar, ParameterShape.Array, ParameterShape.Object }
        select new RoundTripCase(location, style, explode, shape);

    private static Gen<JsonNode> Values(RoundTripCase one)
    {
        Gen<string> texts = FuzzTexts.Any.Select(one.Carries);
        Gen<string> names = texts.Select(text => $"n{text}");
        Gen<JsonNode> scalars = texts.Select(text => (JsonNode)JsonValue.Create(text));
        return one.Shape switch
        {
            ParameterShape.Array => from count in Gen.Choose(1, 4)
                                    from items in scalars.ListOf(count)
                                    select (JsonNode)new JsonArray([.. items.Select(item => item.DeepClone())]),
            ParameterShape.Object => from count in Gen.Choose(1, 4)
                                     from keys in names.ListOf(count)
                                     from items in scalars.ListOf(count)
                                     select (JsonNode)new JsonObject(keys.Zip(items).DistinctBy(member => member.First).Select(member => KeyValuePair.Create(member.First, (JsonNode?)member.Second.DeepClone()))),
            _ => scalars,
        };
    }

    private static JsonNode Another(JsonNode value)
    {
        JsonNode other = value.DeepClone();
        if (other is JsonArray array)
            array.Add("more");
        else if (other is JsonObject members)
            members["more"] = "";
        else
            other = JsonValue.Create(value.GetValue<string>() + "x");
        return other;
    }

    /// <summary>What is wrong with a text that should be a value; null when nothing is.</summary>
    private static string? Read(ParameterRule rule, string text)
    {
        var memory = ValidationMemory.ForThread(long.MaxValue);
        var violations = default(Violations);
        if (rule.In is ParameterLocation.Query or ParameterLocation.Cookie)
        {
            var pairs = new PairList();
            char separator = rule.In == ParameterLocation.Query ? '&' : ';';

            // The names of cookies are not encoded.
            string all = rule.In == ParameterLocation.Query ? text : text.Replace(Uri.EscapeDataString(RoundTripCase.Name), RoundTripCase.Name, StringComparison.Ordinal);
            if (!pairs.TryParse(all, separator, rule.In == ParameterLocation.Query ? TextEncoding.Form : TextEncoding.None))
                return "is no list of pairs";
            new PairParameters([rule]).Check(pairs, all, memory, ref violations);
        }
        else
        {
            var reader = new ParameterReader(rule, memory);
            reader.Add(text);
            reader.Finish(ref violations);
        }

        return violations.Any ? $"{violations.All[0].Pointer} {violations.All[0].Detail}" : null;
    }

    private ParameterRule RuleOf(RoundTripCase one, JsonNode? value)
    {
        string type = one.Shape switch
        {
            ParameterShape.Array => """ "type": "array", "items": { "type": "string" } """,
            ParameterShape.Object => """ "type": "object", "additionalProperties": { "type": "string" } """,
            _ => """ "type": "string" """,
        };
        SchemaValidator validator = Compile(value is null ? $"{{{type}}}" : $$"""{{{type}}, "const": {{value.ToJsonString()}} }""");
        return new ParameterRule
        {
            Name = one.In == ParameterLocation.Path ? Uri.EscapeDataString(RoundTripCase.Name) : RoundTripCase.Name,
            NameBytes = Encoding.UTF8.GetBytes(RoundTripCase.Name),
            In = one.In,
            Pointer = "#",
            Required = true,
            Style = one.Style,
            Explode = one.Explode,
            Shape = one.Shape,
            Encoding = one.In switch { ParameterLocation.Header => TextEncoding.None, ParameterLocation.Query => TextEncoding.Form, _ => TextEncoding.Percent },
            Validator = validator,
            Types = validator.Types,
            Wanted = one.Shape == ParameterShape.Scalar ? null : validator.DescribeShape(),
        };
    }

    private SchemaValidator Compile(string schema)
    {
        var diagnostics = new DiagnosticBag();
        return new SchemaCompiler(_library, new SchemaOptions(), diagnostics).Compile(_library.Add($"http://test.invalid/{++_schemas}.json", Encoding.UTF8.GetBytes(schema), diagnostics)!);
    }
}

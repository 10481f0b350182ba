using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>The answers of an operation by their status (OAS 3.1.1 §4.8.16): the status itself, its class (<c>4XX</c>), <c>default</c>. Immutable.</summary>
internal sealed class AnswerRules
{
    private readonly (int Status, AnswerRule Rule)[] _exact;
    private readonly AnswerRule?[] _classes = new AnswerRule?[6];
    private readonly AnswerRule? _default;

    public AnswerRules(IReadOnlyDictionary<string, AnswerRule> rules)
    {
        _exact = [.. rules.Where(rule => int.TryParse(rule.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(rule => (int.Parse(rule.Key, CultureInfo.InvariantCulture), rule.Value))];
        _default = rules.GetValueOrDefault("default");
        for (int i = 1; i < _classes.Length; i++)
            _classes[i] = rules.GetValueOrDefault($"{i}XX") ?? rules.GetValueOrDefault($"{i}xx");
    }

    /// <summary>The rule of a status; false where the document declares no such answer.</summary>
    public bool TryFind(int status, [NotNullWhen(true)] out AnswerRule? rule)
    {
        foreach ((int exact, AnswerRule candidate) in _exact)
        {
            if (exact == status)
            {
                rule = candidate;
                return true;
            }
        }

        rule = (uint)(status / 100) < (uint)_classes.Length ? _classes[status / 100] ?? _default : _default;
        return rule is not null;
    }
}

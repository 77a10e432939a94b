using System.Globalization;
using System.Text.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.RuleBar;

/// <summary>A sentence with the rule that a person read in it: a line of a file of labels.</summary>
internal sealed record LabeledRule(
    string Document, string Property, string? Schema, string Sentence, string Kind, bool IsHard, IReadOnlyList<string>? Formulas)
{
    /// <summary>Reads a line.</summary>
    public static LabeledRule Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var property = root.GetProperty("property").GetString()!;
        var rule = root.GetProperty("rule");
        return new(
            root.GetProperty("doc").GetString()!,
            property,
            root.TryGetProperty("schema", out var schema) ? schema.GetString() : null,
            root.GetProperty("sentence").GetString()!,
            root.GetProperty("kind").GetString()!,
            root.TryGetProperty("confidence", out var confidence) && confidence.GetString() == "hard",
            rule.ValueKind == JsonValueKind.Null ? null : [.. Formula(rule, property)]);
    }

    /// <summary>Whether the sentence is about the file behind a URL, which is no rule of the request.</summary>
    public bool IsOfFile => Kind.StartsWith("media", StringComparison.Ordinal);

    /// <summary>The rule as <see cref="ParameterRule.Formula"/> writes it.</summary>
    private static IEnumerable<string> Formula(JsonElement rule, string property)
    {
        var range = Range(rule);
        if (rule.TryGetProperty("exactlyOne", out var names))
            yield return $"exactlyOne({Names(names)})";
        else if (rule.TryGetProperty("atLeastOne", out names))
            yield return $"atLeastOne({Names(names)})";
        else if (rule.TryGetProperty("requiredUnless", out names))
            yield return $"atLeastOne({property}, {Names(names)})";
        else if (rule.TryGetProperty("atMostOne", out names))
            yield return Excludes(property, [.. Texts(names)]);
        else if (rule.TryGetProperty("requiresAnyOf", out names))
            yield return $"{property} requires {string.Join(" or ", Texts(names))}";
        else if (rule.TryGetProperty("requires", out var required))
            yield return $"{property} requires {required.GetString()}" + (rule.TryGetProperty("when", out var when) ? " if " + Conditions(when) : "");
        else if (rule.TryGetProperty("requiredWhen", out var conditions))
            yield return $"{property} required if {Conditions(conditions)}";
        else if (rule.TryGetProperty("if", out var condition))
            yield return $"if {Conditions(condition)} then {Conditions(rule.GetProperty("then"))}";
        else if (rule.TryGetProperty("switch", out var cases))
        {
            foreach (var formula in Switch(cases, property))
                yield return formula;
        }
        else if (rule.TryGetProperty("allOrNone", out var all))
            yield return all.ValueKind == JsonValueKind.Array ? $"allOrNone({Names(all)})"
                : $"allOrNone({all.GetProperty("of").GetString()} with {all.GetProperty("has").GetString()})";
        else if (rule.TryGetProperty("length", out var length))
            yield return $"count({property}) = count({length.GetProperty("of").GetString()}){Offset(length.GetProperty("plus").GetInt32())}";
        else if (rule.TryGetProperty("maxTotalItems", out var total))
            yield return $"totalCount({Names(total.GetProperty("of"))}) <= {total.GetProperty("max").GetRawText()}";
        else if (rule.TryGetProperty("maxSum", out var sum))
            yield return $"sum({sum.GetProperty("of").GetString()}) <= {sum.GetProperty("max").GetRawText()}";
        else if (rule.TryGetProperty("maxItemsWith", out var with))
            yield return $"count({with.GetProperty("of").GetString()} with {with.GetProperty("has").GetString()}) <= {with.GetProperty("max").GetRawText()}";
        else if (rule.TryGetProperty("area", out var area))
            yield return $"area({property}) {Range(area)}";
        else if (rule.TryGetProperty("aspect", out var aspect))
            yield return $"aspect({property}) {Range(aspect)}";
        else if (rule.TryGetProperty("fields", out var fields))
            yield return fields.TryGetProperty("width", out var side) ? $"sides({property}) {Range(side)}"
                : $"exactlyOne({property}: {Names(fields.First().Value)})";
        else if (rule.TryGetProperty("items", out var items))
            yield return $"itemLength({property}) {Range(items)}";
        else if (rule.TryGetProperty("gte", out var other) || rule.TryGetProperty("gt", out other) || rule.TryGetProperty("lte", out other)
            || rule.TryGetProperty("lt", out other))
            yield return $"{property} {Operator(rule)} {other.GetString()}";
        else if (rule.TryGetProperty("maxLength", out _) || rule.TryGetProperty("minLength", out _))
            yield return $"length({property}) {range}";
        else if (rule.TryGetProperty("maxItems", out _) || rule.TryGetProperty("minItems", out _))
            yield return $"count({property}) {range}";
        else if (range != ValueRange.None)
            yield return $"{property} {range}";
        else
            yield return "unknown form: " + rule.GetRawText();
    }

    private static string Operator(JsonElement rule) => rule.First().Name switch { "gte" => ">=", "gt" => ">", "lte" => "<=", _ => "<" };

    private static string Excludes(string property, List<string> names)
    {
        names.Remove(property);
        return $"{property} excludes {string.Join(", ", names)}";
    }

    private static IEnumerable<string> Switch(JsonElement cases, string property)
    {
        var on = cases.GetProperty("on").GetString()!;
        var all = cases.GetProperty("cases").EnumerateObject().ToList();
        foreach (var group in all.GroupBy(one => Range(one.Value).ToString(), StringComparer.Ordinal))
            yield return $"count({property}) {group.Key} if {on} in {Sorted(group.Select(one => one.Name))}";
        if (cases.TryGetProperty("else", out var rest))
            yield return $"count({property}) {Range(rest)} if {on} not in {Sorted(all.Select(one => one.Name))}";
    }

    private static string Conditions(JsonElement conditions) => string.Join(" and ", conditions.EnumerateObject().Select(one => one.Value.ValueKind switch
    {
        JsonValueKind.Object => $"{one.Name} {Range(one.Value)}",
        JsonValueKind.Array => $"{one.Name} in {Sorted(Texts(one.Value))}",
        _ when one.Name == "present" => $"{one.Value.GetString()} given",
        JsonValueKind.String => $"{one.Name} in {one.Value.GetString()}",
        _ => $"{one.Name} in {one.Value.GetRawText()}",
    }));

    private static string Sorted(IEnumerable<string> values) => string.Join("|", values.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Texts(JsonElement array) =>
        array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText());

    private static string Names(JsonElement array) => string.Join(", ", Texts(array));

    private static string Offset(int plus) => plus == 0 ? "" : plus > 0 ? $" + {Text(plus)}" : $" - {Text(-plus)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ValueRange Range(JsonElement rule)
    {
        var range = ValueRange.None;
        foreach (var member in rule.EnumerateObject())
        {
            range = member.Name switch
            {
                "minimum" or "minLength" or "minItems" => range with { Minimum = member.Value.GetDecimal() },
                "maximum" or "maxLength" or "maxItems" => range with { Maximum = member.Value.GetDecimal() },
                "exclusiveMinimum" => range with { Minimum = member.Value.GetDecimal(), ExclusiveMinimum = true },
                "exclusiveMaximum" => range with { Maximum = member.Value.GetDecimal(), ExclusiveMaximum = true },
                "multipleOf" => range with { MultipleOf = member.Value.GetDecimal() },
                "modulo" => range with { MultipleOf = member.Value[0].GetDecimal(), Remainder = member.Value[1].GetDecimal() },
                _ => range,
            };
        }
        return range;
    }
}

file static class JsonElements
{
    public static JsonProperty First(this JsonElement element) => Enumerable.First(element.EnumerateObject());
}

using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Catalog;

/// <summary>Reads what the catalog says of one provider of a model: the endpoint's id, or an object with the id and how parameters are sent.</summary>
internal sealed class CatalogEndpointReader(List<SpecProblem> problems)
{
    private static readonly string[] _members = ["endpoint", "parameters", "constants", "result", "price"];
    private static readonly string[] _parameterMembers = ["to", "values", "format", "with", "default", "partial"];
    private static readonly string[] _priceMembers = ["amount", "currency", "per", "quantity", "source", "date"];
    private static readonly string[] _units = ["job", "image", "second"];

    /// <summary>Reads the endpoint; null where its id is not there.</summary>
    public CatalogEndpoint? Read(JsonNode provider)
    {
        if (provider.String is { Length: > 0 } id)
            return new(provider.Name, id);
        if (!provider.IsObject)
        {
            Report(provider, provider.Name, "the endpoint's id at this provider: a string, or an object with 'endpoint'");
            return null;
        }
        CheckMembers(provider, _members);
        if (provider["endpoint"].String is not { Length: > 0 } endpoint)
        {
            var node = provider["endpoint"];
            Report(node.Exists ? node : provider, "endpoint", "the endpoint's id at this provider, a string");
            return null;
        }
        return new(provider.Name, endpoint)
        {
            Parameters = MembersOf(provider["parameters"]).Select(ReadParameter).OfType<CatalogParameter>().ToEquatableArray(),
            Constants = ReadValues(provider["constants"]),
            Result = MembersOf(provider["result"]).Where(IsText).Select(member => new NamedText(member.Name, member.String!)).ToEquatableArray(),
            Price = ReadPrice(provider["price"]),
        };
    }

    private CatalogParameter? ReadParameter(JsonNode node)
    {
        if (node.IsNull)
            return new(node.Name, default);
        if (!node.IsObject)
            return ReadTargets(node, node.Name) is { Count: > 0 } targets ? new(node.Name, targets) : null;
        CheckMembers(node, _parameterMembers);
        var to = node["to"];
        var format = node["format"];
        const string Placeholder = "{value}";
        if (format.Exists && (format.String is not { } text || text.Split([Placeholder], StringSplitOptions.None).Length != 2))
        {
            Report(format, "format", $"a text with '{Placeholder}' in it once");
            format = default;
        }
        if (format.Exists && node["values"].Exists)
            Report(format, "format", "absent where 'values' is there");
        if (to.Count > 1 && (format.Exists || node["values"].Exists || node["default"].Exists))
            Report(to, "to", "one location where 'values', 'format' or 'default' is there");
        if (node["partial"] is { Exists: true, IsBoolean: false } partial)
            Report(partial, "partial", "true or false");
        return new(node.Name, to.Exists ? ReadTargets(to, "to") : new([JsonPointer.Append("", node.Name)]))
        {
            Values = ReadValues(node["values"]),
            Format = format.String,
            With = ReadValues(node["with"]),
            Default = node["default"].Exists ? node["default"].ToLiteral() : null,
            IsPartial = node["partial"].IsTrue,
        };
    }

    /// <summary>One location, or several. A name is the location of a member.</summary>
    private EquatableArray<string> ReadTargets(JsonNode node, string name)
    {
        var targets = new List<string>();
        foreach (var item in node.IsArray ? ChildrenOf(node) : [node])
        {
            if (item.String is { Length: > 0 } text && JsonStrings.IsWellFormed(text))
                targets.Add(PointerOf(text));
            else
                Report(item, name, "a member of the provider's request or a JSON Pointer to one, an array of them, or null");
        }
        return targets.ToEquatableArray();
    }

    private EquatableArray<CatalogValue> ReadValues(JsonNode node) =>
        MembersOf(node).Select(member => new CatalogValue(member.Name, member.ToLiteral())).ToEquatableArray();

    private CatalogPrice? ReadPrice(JsonNode node)
    {
        if (!node.Exists)
            return null;
        if (!node.IsObject)
        {
            Report(node, "price", "an object with 'amount', 'currency', 'per', 'source' and 'date'");
            return null;
        }
        CheckMembers(node, _priceMembers);
        var amount = node["amount"];
        var isAmount = amount.IsNumber && decimal.TryParse(amount.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0;
        var isCurrency = node["currency"].String is { Length: 3 } code && code.All(static letter => letter is >= 'A' and <= 'Z');
        var isUnit = _units.Contains(node["per"].String);
        if (!isAmount)
            Report(amount.Exists ? amount : node, "amount", "a number that is not negative");
        if (!isCurrency)
            Report(node["currency"].Exists ? node["currency"] : node, "currency", "the code of a currency, such as 'USD'; credits cannot be compared");
        if (!isUnit)
            Report(node["per"].Exists ? node["per"] : node, "per", "one of " + string.Join(", ", _units) + "; other units cannot be compared");
        // A price that nobody can look up is a guess.
        var hasSource = node["source"].String is { Length: > 0 } && node["date"].String is { Length: > 0 };
        if (!hasSource)
            Report(node["source"].String is { Length: > 0 } ? node : node["source"].Exists ? node["source"] : node, "source",
                "where the price is published, with the 'date' on which it was");
        return isAmount && isCurrency && isUnit && hasSource
            ? new(amount.Raw, node["currency"].String!, node["per"].String!, node["quantity"].String)
            : null;
    }

    private IEnumerable<JsonNode> MembersOf(JsonNode node)
    {
        if (node is { Exists: true, IsObject: false })
            Report(node, node.Name, "an object");
        foreach (var member in node.IsObject ? ChildrenOf(node) : [])
        {
            if (!JsonStrings.IsWellFormed(member.Name))
                Report(member, member.Name, "Unicode: it contains half of a surrogate pair");
            else if (member.Name != "$comment")
                yield return member;
        }
    }

    private bool IsText(JsonNode node)
    {
        if (node.String is { } pointer && (pointer.Length == 0 || pointer[0] == '/'))
            return true;
        Report(node, node.Name, "a JSON Pointer into the provider's result; \"\" for the whole result");
        return false;
    }

    private void CheckMembers(JsonNode node, string[] members)
    {
        foreach (var member in node)
        {
            if (!members.Contains(member.Name) && member.Name != "$comment")
                problems.Add(Problems.UnknownMember.At(member.NameRange, member.Name));
        }
    }

    private static List<JsonNode> ChildrenOf(JsonNode node)
    {
        var children = new List<JsonNode>();
        foreach (var child in node)
            children.Add(child);
        return children;
    }

    private void Report(JsonNode node, string name, string expected) => problems.Add(Problems.BadMember.At(node.Range, name, expected));

    /// <summary>A location in a request: a JSON Pointer, or the name of a member.</summary>
    internal static string PointerOf(string target) => target[0] == '/' ? target : JsonPointer.Append("", target);
}

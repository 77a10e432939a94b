using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>A member of an object whose descriptions are searched for rules, seen through its references.</summary>
internal sealed class RuleMember
{
    private readonly Func<string, Schema?> _find;
    private RuleObject? _inside;
    private List<string>? _words;
    private List<RuleSentence>? _sentences;
    private Schema? _resolved;
    private IReadOnlyList<Schema>? _forms;
    private string? _allText;

    public RuleMember(SchemaProperty property, Func<string, Schema?> find)
    {
        _find = find;
        Property = property;
    }

    public SchemaProperty Property { get; }

    public string Name => Property.Name;

    /// <summary>What it is, through references.</summary>
    public Schema Resolved => _resolved ??= Follow(Property.Schema, _find);

    /// <summary>Its alternatives; itself where there are none.</summary>
    public IReadOnlyList<Schema> Forms =>
        _forms ??= Resolved.AnyOf.Count == 0 ? [Resolved] : [.. Resolved.AnyOf.Select(one => Follow(one, _find))];

    /// <summary>The words of its name.</summary>
    public List<string> Words => _words ??= RuleWords.Of(Name);

    public string? Description => Property.Schema.Description;

    /// <summary>The sentences of its description.</summary>
    public List<RuleSentence> Sentences => _sentences ??= RuleSentences.Of(Description ?? "");

    /// <summary>The sentences of all that is said of it.</summary>
    public List<RuleSentence> AllSentences => Property.Schema.MoreDescription is null ? Sentences : RuleSentences.Of(AllText);

    /// <summary>Where <see cref="Description"/> is.</summary>
    public string Pointer => Property.Schema.DescriptionPointer ?? Property.Schema.Pointer;

    /// <summary>All that is said of it.</summary>
    public string AllText => _allText ??= string.Join(" ", new[] { Description, Property.Schema.MoreDescription }.OfType<string>());

    public JsonLiteral? Default => (Property.Schema.Default ?? Resolved.Default) is { Kind: not JsonKind.Null } value ? value : null;

    /// <summary>Whether something is taken where it is not given, so that it is never missing.</summary>
    public bool HasDefault => Default is { } value && value.Json is not ("\"\"" or "[]" or "{}");

    public bool IsRequired => Property.Required;

    public bool IsList => IsAll(SchemaTypes.Array);

    public bool IsNumber => IsAll(SchemaTypes.Integer | SchemaTypes.Number);

    public bool IsBoolean => IsAll(SchemaTypes.Boolean);

    /// <summary>Whether it is a text of any content.</summary>
    public bool IsText => IsAll(SchemaTypes.String) && Forms.All(form => form.Enum.Count == 0);

    /// <summary>Whether it is the URL of a file, or a list of them.</summary>
    public bool IsFile => (IsText || (IsList && Forms.All(HoldsTexts)))
        && (Name.EndsWith("url", StringComparison.Ordinal) || Name.EndsWith("urls", StringComparison.Ordinal) || Resolved.Format == "uri");

    /// <summary>The values that it may have, where they are listed.</summary>
    public IEnumerable<string> Values => Forms.SelectMany(form => form.Enum).Select(value => value.Text);

    /// <summary>Whether every known value is listed.</summary>
    public bool IsEnum => Forms.All(form => form.Enum.Count > 0);

    /// <summary>The object form with a width and a height, or null.</summary>
    public Schema? Sides => Forms.FirstOrDefault(form => form.Properties.Any(one => one.Name == "width") && form.Properties.Any(one => one.Name == "height"));

    /// <summary>Whether it is a list of a width and a height.</summary>
    public bool IsPair => IsList && Name.EndsWith("size", StringComparison.Ordinal)
        && Forms.All(form => form.Items is { } item && (Follow(item, _find).Types & ~(SchemaTypes.Null | SchemaTypes.Integer | SchemaTypes.Number)) == 0);

    /// <summary>The objects that a schema, or one of its alternatives, has as items.</summary>
    public static IEnumerable<Schema> ItemsOf(Schema schema, Func<string, Schema?> find)
    {
        // Most members are neither lists nor references, and cost nothing.
        if (schema.Ref is null && schema.AnyOf.Count == 0)
            return schema.Items is { } items ? [Follow(items, find)] : [];
        var resolved = Follow(schema, find);
        return (resolved.AnyOf.Count == 0 ? [resolved] : resolved.AnyOf.Select(one => Follow(one, find)))
            .Select(form => form.Items).OfType<Schema>().Select(items => Follow(items, find));
    }

    /// <summary>The object that it is, or that its items are; null where it is none.</summary>
    public RuleObject? Inside => _inside ??= Forms.Select(form => form.Items is { } items ? Follow(items, _find) : form)
        .FirstOrDefault(form => form.Properties.Count > 0) is { } inner ? new RuleObject(inner, _find) : null;

    /// <summary>The examples and the default of it.</summary>
    public IEnumerable<JsonLiteral> Shown => Property.Schema.Examples.Concat(Resolved.Examples).Concat(Default is { } value ? [value] : []).Distinct();

    private bool HoldsTexts(Schema list) =>
        list.Items is null || (Follow(list.Items, _find).Types & ~SchemaTypes.Null) is SchemaTypes.String or SchemaTypes.Any;

    private bool IsAll(SchemaTypes types) =>
        Forms.All(form => (form.Types & ~SchemaTypes.Null) is var own && own != SchemaTypes.Any && (own & ~types) == 0);

    private static Schema Follow(Schema schema, Func<string, Schema?> find)
    {
        for (var depth = 0; schema.Ref is { } name && depth < 32; depth++)
        {
            if (find(name) is not { } target)
                return schema;
            schema = target with { Default = schema.Default ?? target.Default, Examples = schema.Examples.Concat(target.Examples).ToEquatableArray() };
        }
        return schema;
    }
}

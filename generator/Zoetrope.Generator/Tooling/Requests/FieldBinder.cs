using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling.Requests;

/// <summary>Finds out how a form asks for the values of a request.</summary>
internal sealed class FieldBinder
{
    // A type may hold itself.
    private const int Deepest = 6;

    // From here on, a text is worth more than a line.
    private const int Long = 200;

    private static readonly char[] _digits = [.. "0123456789"];
    private static readonly HashSet<string> _texts = ["prompt", "text", "script", "lyrics", "description", "caption", "instructions"];
    private static readonly HashSet<string> _files = ["image", "video", "audio", "mask", "frame", "images", "videos"];
    private static readonly HashSet<string> _addresses = ["url", "urls", "uri"];

    private readonly BoundTypes _types;

    private FieldBinder(BoundTypes types) => _types = types;

    /// <summary>The parameters of a model.</summary>
    public static EquatableArray<FormField> Of(BoundEndpoint endpoint) => new FieldBinder(endpoint.Types).Members(endpoint.Request, 0);

    private EquatableArray<FormField> Members(BoundObject type, int depth) =>
        type.Properties.Select(property => Member(property, depth)).ToEquatableArray();

    private FormField Member(BoundProperty property, int depth)
    {
        var field = Value(property.JsonName, property.Type, property.Constraints, property.ItemConstraints, depth);
        if (field.Kind == FieldKind.Text && IsFileByWords(property))
            field = field with { Kind = FieldKind.File };
        else if (field is { Kind: FieldKind.List, Item: { Kind: FieldKind.Text } item } && IsFileByWords(property))
            field = field with { Item = item with { Kind = FieldKind.File } };
        return field with
        {
            IsRequired = property.Required,
            Default = property.Default,
            Values = property.Constant is { } constant ? new EquatableArray<string>([constant]) : field.Values,
            Limits = ConstraintTexts.Of(property),
            Deprecation = property.Deprecation,
            Description = property.Description,
        };
    }

    private FormField Value(string name, TypeRef declared, Constraints constraints, Constraints items, int depth)
    {
        var type = declared.Given;
        if (depth > Deepest)
            return new(name, FieldKind.Json);
        return type.Kind switch
        {
            TypeKind.String => Text(name, constraints),
            TypeKind.Boolean => new(name, FieldKind.Boolean),
            TypeKind.Integer or TypeKind.WideInteger => Number(name, FieldKind.Integer, constraints),
            TypeKind.Number => Number(name, FieldKind.Number, constraints),
            TypeKind.Enum => new(name, FieldKind.Choice)
            {
                Values = _types.ValuesOf(type).ToEquatableArray(), IsOpen = !constraints.KnownValuesOnly,
            },
            TypeKind.File => new(name, FieldKind.FileObject),
            TypeKind.Object when type.Owner.Length == 0 => new(name, FieldKind.Object) { Members = Members(_types.Object(type.Name), depth + 1) },
            TypeKind.List => new(name, FieldKind.List)
            {
                Item = Value("", type.Item!, items, items.Items ?? Constraints.None, depth + 1),
                MinLength = constraints.MinItems,
                MaxLength = constraints.MaxItems,
            },
            TypeKind.Map => new(name, FieldKind.Map) { Item = Value("", type.Item!, items, items.Items ?? Constraints.None, depth + 1) },
            _ => new(name, FieldKind.Json),
        };
    }

    private static FormField Text(string name, Constraints constraints)
    {
        var kind = constraints.Urls is not null || constraints.File is not null ? FieldKind.File
            : constraints.MaxLength > Long || Identifiers.Words(name).Exists(word => _texts.Contains(word.ToLowerInvariant())) ? FieldKind.LongText
            : FieldKind.Text;
        return new(name, kind) { MinLength = constraints.MinLength, MaxLength = constraints.MaxLength };
    }

    private static FormField Number(string name, FieldKind kind, Constraints constraints) => new(name, kind)
    {
        Minimum = constraints.Minimum, Maximum = constraints.Maximum, MultipleOf = constraints.MultipleOf, Values = constraints.Values,
    };

    // A form that offers to upload what is not a file does no harm: the text can be typed all the same.
    private static bool IsFileByWords(BoundProperty property)
    {
        var words = Identifiers.Words(property.JsonName).ConvertAll(word => word.TrimEnd(_digits).ToLowerInvariant());
        return words.FindLast(word => word.Length > 0) is { } last
            && (_addresses.Contains(last)
                || (_files.Contains(last) && property.Description?.IndexOf("url", StringComparison.OrdinalIgnoreCase) >= 0));
    }
}

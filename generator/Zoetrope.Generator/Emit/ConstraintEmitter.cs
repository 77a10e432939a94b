using System.Globalization;
using Zoetrope.Generator.Providers;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes the checks of one value: its own limits, then what lies inside it.</summary>
/// <param name="writer">Where it goes.</param>
/// <param name="types">What is known of generated types.</param>
/// <param name="owner">The prefix of the names of generated types: empty inside their class.</param>
internal sealed class ConstraintEmitter(SourceWriter writer, BoundTypes types, string owner = "")
{
    /// <summary>The variables of loops; those of a loop inside another are suffixed with its depth.</summary>
    public static readonly string[] Variables = ["item", "mark", "pair", "i"];

    /// <summary>Writes them.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="checks">Its limits.</param>
    /// <param name="itemChecks">Those of what it holds.</param>
    /// <param name="value">The expression for it.</param>
    /// <param name="name">The literal of its JSON name, empty where it has none.</param>
    /// <param name="isUnset">Whether it may be unset.</param>
    /// <param name="isText">Whether it is a text that must be given. That it is, and is valid Unicode, is seen to already unless it is a URL.</param>
    public void Emit(TypeRef type, Constraints checks, Constraints itemChecks, string value, string name, bool isUnset, bool isText = false)
    {
        EmitChecks(type, checks, value, name, isUnset, isText);
        if (!isText)
            EmitText(type, checks, value, name, isUnset);
        EmitInside(type, itemChecks, value, name, depth: 1, checks.OrNull);
    }

    /// <summary>Writes the limits of a property alone, without what is checked of every value of its type.</summary>
    public void EmitLimits(BoundProperty property, string value)
    {
        var name = Literals.String(property.JsonName);
        EmitChecks(property.Type, property.Constraints, value, name, isUnset: true);
        if (property.ItemConstraints != Constraints.None)
            EmitItems(property.Type, property.ItemConstraints, value, name, depth: 1);
    }

    /// <summary>Whether there is anything to check in a value.</summary>
    public bool HasProblems(TypeRef type, Constraints checks, Constraints itemChecks, bool isText = false) =>
        types.IsValidated(type)
        || (HoldsText(type) && !isText)
        || checks with { Items = null } != Constraints.None
        || (type.Item?.Given is { } item && HasProblems(item, itemChecks, itemChecks.Items ?? Constraints.None));

    /// <summary>Whether a value is a text, or holds names that users choose.</summary>
    private static bool HoldsText(TypeRef type) => type.Kind is TypeKind.String or TypeKind.Enum or TypeKind.Map;

    /// <summary>Checks that texts are valid Unicode, where no other check does. Of an enum that takes only the known values no other is valid anyway.</summary>
    private void EmitText(TypeRef type, Constraints checks, string value, string name, bool isUnset)
    {
        if (type.Kind == TypeKind.String && checks is { MinLength: null, MaxLength: null, Urls: null })
            writer.Line($"context.Text({value}, {name});");
        else if (type.Kind == TypeKind.Enum && !checks.KnownValuesOnly)
            writer.Line($"context.Text({value}{(isUnset ? "?" : "")}.Value, {name});");
        else if (type.Kind == TypeKind.Map)
            writer.Line($"context.Names({value}, {name});");
    }

    /// <summary>Checks what lies inside a value.</summary>
    private void EmitInside(TypeRef type, Constraints itemChecks, string value, string name, int depth, bool orNull)
    {
        if (type.IsListOf(TypeKind.String) && itemChecks.Urls is { } urls)
        {
            writer.Line($"context.Urls({value}, {name}{UrlArgument(urls)});");
            itemChecks = itemChecks with { Urls = null };
            if (itemChecks == Constraints.None)
                return;
        }
        else if (type.IsListOf(TypeKind.String) && itemChecks == Constraints.None)
        {
            writer.Line($"context.Texts({value}, {name});");
            return;
        }
        if (type.Kind == TypeKind.UploadOr)
            EmitValue(type, itemChecks, value, name, depth);
        else if (type.Kind == TypeKind.Union && types.IsValidated(type))
            writer.Line($"context.Union<{TypeText.Clr(type, owner)}>({value}, {name}{(orNull ? ", nullable: true" : "")});");
        else if (types.IsValidated(type) || ((type.IsListOf(TypeKind.Object) || type.IsListOf(TypeKind.File)) && types.IsValidated(type.Item!)))
            writer.Line($"context.Nested({value}, {name});");
        else if (type.Item?.Given is { } item && HasProblems(item, itemChecks, itemChecks.Items ?? Constraints.None))
            EmitItems(type, itemChecks, value, name, depth);
    }

    private void EmitChecks(TypeRef type, Constraints checks, string value, string name, bool isUnset, bool isText = false)
    {
        if (checks.MinLength is not null || checks.MaxLength is not null)
        {
            var text = checks.OrEmpty ? $"{value} is \"\" ? null : {value}" : value;
            writer.Line($"context.Length({text}, {name}{Named("min", checks.MinLength)}{Named("max", checks.MaxLength)});");
        }
        var urlCheck = type.Kind == TypeKind.String && checks.Urls is { } urls
            ? $"context.{(isText ? "RequiredUrl" : "Url")}({value}, {name}{UrlArgument(urls)})"
            : null;
        EmitFile(checks.File, urlCheck, value, name);
        foreach (var pattern in checks.Patterns)
            writer.Line($"context.Pattern({value}, {name}, {Literals.String(pattern.Pattern)}, {Literals.String(pattern.Text)});");
        if (checks.MultipleOf is { } divisor)
            writer.Line($"context.MultipleOf({value}, {name}, {Divisor(type, divisor)});");
        if (checks.Unique)
            writer.Line($"context.Unique({value}, {name});");
        if (checks.IsObject)
            writer.Line($"context.Object({value}, {name}{(checks.OrNull ? ", nullable: true" : "")});");
        if (checks.KnownValuesOnly)
            EmitKnown(type, value, name, isUnset);
        if (checks.Values.Count > 0)
            EmitValues(type, checks, value, name, isUnset);
        if (checks.Minimum is not null || checks.Maximum is not null)
            writer.Line($"context.Range({value}, {name}{Range(type, checks)});");
        if (checks.MinItems is not null || checks.MaxItems is not null)
        {
            var items = type.Kind == TypeKind.UploadOr ? value + "?.Files" : value;
            if (checks.OrEmpty)
                items = $$"""{{items}} is { Count: 0 } ? null : {{items}}""";
            writer.Line($"context.Count({items}, {name}{Named("min", checks.MinItems)}{Named("max", checks.MaxItems)});");
        }
    }

    /// <summary>Checks the part of a form where it is not a file.</summary>
    private void EmitValue(TypeRef type, Constraints checks, string value, string name, int depth)
    {
        if (!HasProblems(type.Item!, checks, checks.Items ?? Constraints.None))
            return;
        var given = "given" + Suffix(depth);
        using var block = writer.Block($$"""if ({{value}} is { Files: null } {{given}})""");
        EmitChecks(type.Item!, checks, given + ".Value", name, isUnset: false);
        EmitInside(type.Item!, checks.Items ?? Constraints.None, given + ".Value", name, depth + 1, checks.OrNull);
    }

    private void EmitKnown(TypeRef type, string value, string name, bool isUnset)
    {
        var allowed = EnumValues.Text(types.ValuesOf(type));
        var (condition, text) = isUnset
            ? (value + " is { IsKnown: false }", value + ".GetValueOrDefault().Value")
            : ($"!{value}.IsKnown", value + ".Value");
        writer.Lines($"""
            if ({condition})
                context.Known({text}, {name}, {Literals.String(allowed)});
            """);
    }

    private void EmitValues(TypeRef type, Constraints checks, string value, string name, bool isUnset)
    {
        var literals = checks.Values.Select(allowed => Literals.Number(type.Kind, allowed)).ToList();
        // Only types that have literals can be used in a pattern.
        var condition = type.Kind == TypeKind.WideInteger
            ? (isUnset ? value + " is not null && " : "") + string.Join(" && ", literals.Select(literal => $"{value} != {literal}"))
            : $"{value} is not ({(isUnset ? "null or " : "")}{string.Join(" or ", literals)})";
        var found = type.Kind == TypeKind.Boolean
            ? value + " == true ? \"true\" : \"false\""
            : value + (isUnset ? ".GetValueOrDefault()" : "") + ".ToString(global::System.Globalization.CultureInfo.InvariantCulture)";
        writer.Lines($"""
            if ({condition})
                context.Add({name}, {ValidationRule}.Enum, {Literals.String(string.Join(", ", checks.Values))}, {found});
            """);
    }

    /// <summary>The items' problems get their path afterwards, so that a valid list costs no text.</summary>
    private void EmitItems(TypeRef type, Constraints checks, string value, string name, int depth)
    {
        var suffix = Suffix(depth);
        if (type.Kind == TypeKind.Map)
        {
            using var given = writer.Block($"if ({value} is not null)");
            using var loop = writer.Block($"foreach (var pair{suffix} in {value})");
            writer.Line($"var item{suffix} = pair{suffix}.Value;");
            EmitItem(type.Item!, checks, name, $"pair{suffix}.Key", depth);
        }
        else
        {
            using var loop = writer.Block($"for (var i{suffix} = 0; i{suffix} < ({value}?.Count ?? 0); i{suffix}++)");
            writer.Line($"var item{suffix} = {value}![i{suffix}];");
            EmitItem(type.Item!, checks, name, "i" + suffix, depth);
        }
    }

    private void EmitItem(TypeRef type, Constraints checks, string name, string key, int depth)
    {
        var (item, mark) = ("item" + Suffix(depth), "mark" + Suffix(depth));
        var isUnset = type.Kind == TypeKind.Nullable;
        writer.Line($"var {mark} = context.Mark();");
        EmitChecks(type.Given, checks, item, "\"\"", isUnset);
        EmitText(type.Given, checks, item, "\"\"", isUnset);
        EmitInside(type.Given, checks.Items ?? Constraints.None, item, "\"\"", depth + 1, checks.OrNull);
        writer.Line($"context.Within({mark}, {name}, {key});");
    }

    /// <summary>The kinds of URL as an argument; the usual ones need none.</summary>
    private static string UrlArgument(FileUrls urls) => urls == FileUrls.Any ? "" : $", {UrlKinds}.PublicHttps";

    /// <summary>Most inputs are plain URLs, whose files cannot be checked: the check of the URL decides, so that they cost nothing more.</summary>
    private void EmitFile(FileLimits? file, string? urlCheck, string value, string name)
    {
        var checks = new List<string>();
        if (file is not null && Limits(file) is { Length: > 0 } limits)
            checks.Add($$"""context.File({{value}}, {{name}}, new() { {{limits}} });""");
        if (file is { Formats.Count: > 0 })
            checks.Add($"context.FileFormat({value}, {name}, {Literals.String(string.Join(" ", file.Formats))});");
        if (urlCheck is null)
        {
            checks.ForEach(check => writer.Line(check));
            return;
        }
        switch (checks.Count)
        {
            case 0:
                writer.Line(urlCheck + ";");
                break;
            case 1:
                writer.Lines($"""
                    if ({urlCheck})
                        {checks[0]}
                    """);
                break;
            default:
                using (writer.Block($"if ({urlCheck})"))
                    checks.ForEach(check => writer.Line(check));
                break;
        }
    }

    private static string Limits(FileLimits limits)
    {
        var members = new List<string>();
        Add("MaxBytes", limits.MaxFileSize?.ToString(CultureInfo.InvariantCulture));
        Add("MinWidth", limits.MinWidth is { } minWidth ? DocumentText.Number(minWidth) : null);
        Add("MinHeight", limits.MinHeight is { } minHeight ? DocumentText.Number(minHeight) : null);
        Add("MaxWidth", limits.MaxWidth is { } maxWidth ? DocumentText.Number(maxWidth) : null);
        Add("MaxHeight", limits.MaxHeight is { } maxHeight ? DocumentText.Number(maxHeight) : null);
        Add("MinAspectRatio", Ratio(limits.MinAspectRatio));
        Add("MaxAspectRatio", Ratio(limits.MaxAspectRatio));
        Add("MinDuration", Ratio(limits.MinDuration));
        Add("MaxDuration", Ratio(limits.MaxDuration));
        Add("MinFrameRate", Ratio(limits.MinFrameRate));
        Add("MaxFrameRate", Ratio(limits.MaxFrameRate));
        return string.Join(", ", members);

        static string? Ratio(string? text) => Numbers.Double(text) is { } ratio ? Literals.Number(TypeKind.Number, ratio) : null;

        void Add(string name, string? value)
        {
            if (value is not null)
                members.Add($"{name} = {value}");
        }
    }

    /// <summary>The variables of the outermost loop have no suffix.</summary>
    private static string Suffix(int depth) => depth == 1 ? "" : DocumentText.Number(depth);

    private static string Named(string name, int? value) => value is { } given ? $", {name}: {DocumentText.Number(given)}" : "";

    private static string Range(TypeRef type, Constraints checks) =>
        Limit("min", type, checks.Minimum) + Limit("max", type, checks.Maximum)
        + (checks is { ExclusiveMinimum: true, Minimum: not null } ? ", aboveMin: true" : "")
        + (checks is { ExclusiveMaximum: true, Maximum: not null } ? ", belowMax: true" : "");

    private static string Limit(string name, TypeRef type, string? value) => value is null ? "" : $", {name}: {Literals.Number(type.Kind, value)}";

    /// <summary>Whole numbers of any size are divided by one of 64 bits.</summary>
    private static string Divisor(TypeRef type, string digits) => Literals.Number(type.Kind == TypeKind.WideInteger ? TypeKind.Integer : type.Kind, digits);
}

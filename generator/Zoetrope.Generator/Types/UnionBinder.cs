using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Creates the unions of one class. Texts become one alternative, numbers too; where only one alternative is left there is no union. Properties of the same
/// name and alternatives share one.
/// </summary>
internal sealed class UnionBinder(BinderContext context)
{
    private const string OneOfSeveral = "those of one of several alternatives of one type";

    private readonly List<BoundUnion> _unions = [];
    private readonly Dictionary<string, List<BoundUnion>> _byWanted = new(StringComparer.Ordinal);

    /// <summary>The unions made so far.</summary>
    public IReadOnlyList<BoundUnion> All => _unions;

    /// <summary>The type of a union.</summary>
    /// <param name="schema">The union.</param>
    /// <param name="slot">The property.</param>
    /// <param name="isItem">Whether it is what a list or a map of that property holds.</param>
    public TypeRef Bind(Schema schema, TypeContext slot, bool isItem)
    {
        var whole = context.Resolve(schema);
        var parts = UnionParts.Of(schema, context.Resolve).Select(part => (part.Declared, Resolved: Meant(part, whole))).ToList();
        var texts = parts.Where(part => TypesOf(part) == SchemaTypes.String).ToList();
        var numbers = parts.Where(part => IsNumber(TypesOf(part))).ToList();
        var booleans = parts.Where(part => TypesOf(part) == SchemaTypes.Boolean).ToList();
        var others = parts.Where(part => !texts.Contains(part) && !numbers.Contains(part) && !booleans.Contains(part)).ToList();
        var isOnlyTexts = texts.Count == parts.Count;
        var name = isItem ? TypeNames.Singular(slot) : slot.Name;
        var isInput = slot.Owner.Role == ObjectRole.Input;
        var inside = slot.Nested with { Name = name };

        var found = new List<Found>();
        if (texts.Count > 0)
            found.Add(isOnlyTexts ? BindTexts(texts, slot, slot, schema, isItem) : BindTexts(texts, PresetIn(inside, slot), slot, schema, isItem: false));
        if (numbers.Count > 0)
            found.Add(BindJoined(numbers, NumberOf, slot));
        if (booleans.Count > 0)
            found.Add(BindJoined(booleans, _ => TypeRef.Boolean, slot));
        var names = AlternativeNames.Of(others.ConvertAll(part => part.Resolved), whole.Discriminator?.Property, name, context.Resolve);
        for (var i = 0; i < others.Count; i++)
        {
            var (declared, resolved) = others[i];
            var ownName = TypesOf(others[i]) == SchemaTypes.Object ? names[i] ?? name + "Object" : name;
            var own = inside with { Name = ownName, KeySuffix = slot.KeySuffix + "#" + DocumentText.Number(i + 1) };
            var type = context.Types.Bind(declared, own, isItem: false);
            var limits = Schemas.Inside(resolved, schema);
            var itemChecks = isInput ? context.Constraints.BindItems(limits, type, slot.JsonName) : Constraints.None;
            var one = new Found(type, resolved, ChecksOf(limits, type, slot), itemChecks);
            if (found.FindIndex(other => other.Type == type) is var same and >= 0)
                found[same] = JoinLimits(found[same], one, slot.JsonName);
            else
                found.Add(one);
        }
        JoinFiles(found);
        if (found.All(one => one.Type.Kind == TypeKind.Raw))
            return TypeRef.Raw;
        return found.Count == 1 ? found[0].Type : new TypeRef(TypeKind.Union, Name(schema, slot, inside, found));
    }

    /// <summary>An alternative as this union means it: others may give a schema that they share other values of the discriminator.</summary>
    private static Schema Meant((Schema Declared, Schema Resolved) part, Schema union) =>
        union.Discriminator is { } discriminator && part.Declared.Ref is { } name && union.AnyOf.Any(one => one.Ref == name)
            ? DiscriminatorValues.Narrow(discriminator, name, part.Resolved)
            : part.Resolved;

    /// <summary>The named values of a union that can be other things too.</summary>
    private static TypeContext PresetIn(TypeContext inside, TypeContext union) =>
        inside with { Name = inside.Name + "Preset", KeySuffix = union.KeySuffix + "#preset" };

    /// <summary>The texts among the alternatives.</summary>
    /// <param name="texts">The alternatives.</param>
    /// <param name="slot">What their type is called after.</param>
    /// <param name="union">The property, after which the values are called.</param>
    /// <param name="around">The union.</param>
    /// <param name="isItem">Whether the type is that of a list's or map's items.</param>
    private Found BindTexts(List<(Schema Declared, Schema Resolved)> texts, TypeContext slot, TypeContext union, Schema around, bool isItem)
    {
        var isNamed = texts.All(part => part.Resolved.Enum.Count > 0 && part.Resolved.Enum.All(IsText));
        var values = texts.SelectMany(part => part.Resolved.Enum).Where(IsText).Select(value => value.Text).Distinct(StringComparer.Ordinal).ToList();
        ReportLimits(texts, slot.JsonName);
        if (values.Count == 0)
        {
            var together = UnionParts.Together(texts.ConvertAll(part => part.Resolved));
            return new(TypeRef.String, texts[0].Resolved, ChecksOf(Schemas.Inside(together, around), TypeRef.String, slot), Constraints.None);
        }
        var source = new EnumSource(values, texts.SelectMany(part => part.Resolved.LabelsOfValues), texts[0].Resolved.Pointer);
        var type = new TypeRef(TypeKind.Enum, context.Enums.Bind(slot, source, around.Description ?? union.Description, isItem, union.Name));
        var constraints = slot.Owner.Role == ObjectRole.Input ? new Constraints { KnownValuesOnly = isNamed } : Constraints.None;
        return new(type, texts[0].Resolved, constraints, Constraints.None);
    }

    private Constraints ChecksOf(Schema schema, TypeRef type, TypeContext slot) =>
        slot.Owner.Role == ObjectRole.Input ? context.Constraints.Bind(schema, type, slot.JsonName) : Constraints.None;

    /// <summary>Every whole number is a number, so both are one alternative.</summary>
    private static TypeRef NumberOf(List<Schema> numbers)
    {
        if (numbers.TrueForAll(number => number.Enum.Count > 0))
            return NumberTypes.OfValues(UnionParts.Together(numbers));
        var isWhole = numbers.TrueForAll(number => number.NonNullTypes == SchemaTypes.Integer);
        if (!isWhole)
            return TypeRef.Number;
        return numbers.Exists(NumberTypes.IsWide) ? TypeRef.WideInteger : TypeRef.Integer;
    }

    /// <summary>Alternatives of one type are one. Where each names its values, all of these are valid and no others.</summary>
    private Found BindJoined(List<(Schema Declared, Schema Resolved)> parts, Func<List<Schema>, TypeRef> typeOf, TypeContext slot)
    {
        var schemas = parts.ConvertAll(part => part.Resolved);
        var type = typeOf(schemas);
        ReportLimits(parts, slot.JsonName);
        return new(type, schemas[0], ChecksOf(UnionParts.Together(schemas), type, slot), Constraints.None);
    }

    /// <summary>Two lists or maps of one type are one alternative: what only one of them asks for cannot be asked of it.</summary>
    private Found JoinLimits(Found first, Found second, string jsonName)
    {
        if (first.Checks == second.Checks && first.ItemChecks == second.ItemChecks)
            return first;
        // Of raw JSON the wider is valid.
        if (first.Type.Kind == TypeKind.Raw)
            return ConstraintBinder.IsObject(first.Schema) ? second : first;
        context.Report(GeneratorProblems.LimitNotChecked, second.Schema.Pointer, jsonName, OneOfSeveral);
        return first with { Checks = Constraints.None, ItemChecks = Constraints.None };
    }

    /// <summary>Of alternatives that are one, the limits of each are not known to be meant for the value.</summary>
    private void ReportLimits(List<(Schema Declared, Schema Resolved)> joined, string jsonName)
    {
        if (joined.Count < 2)
            return;
        foreach (var (_, schema) in joined.Where(part => HasLimits(part.Resolved)))
            context.Report(GeneratorProblems.LimitNotChecked, schema.Pointer, jsonName, OneOfSeveral);
    }

    private static bool HasLimits(Schema schema) =>
        (schema.MinLength ?? 0, schema.MaxLength, schema.Pattern, schema.Minimum, schema.Maximum, schema.MultipleOf) != (0, null, null, null, null, null);

    /// <summary>Files of several kinds are one alternative: what is special to a kind survives in any of them.</summary>
    private static void JoinFiles(List<Found> found)
    {
        var files = found.FindAll(one => one.Type.Kind == TypeKind.File);
        if (files.Count < 2)
            return;
        found.RemoveAll(files.Contains);
        found.Add(files[0] with { Type = new TypeRef(TypeKind.File, "MediaFile") });
    }

    private string Name(Schema schema, TypeContext slot, TypeContext inside, List<Found> found)
    {
        var union = Order(found, schema, slot);
        var plain = TypeNames.OfSlot(inside, isItem: false);
        var key = (context.Scope.Kind == ScopeKind.Shared ? slot.Owner.Key : "") + " " + slot.Owner.Role + " " + inside.Name;
        if (!_byWanted.TryGetValue(key, out var same))
            _byWanted.Add(key, same = []);
        if (same.Find(one => one with { Name = "", Key = union.Key, Summary = "" } == union) is { } known)
            return known.Name;
        union = union with { Name = context.Names.TakeUnion(slot.Key, plain), Summary = schema.Description ?? slot.Description ?? "" };
        same.Add(union);
        _unions.Add(union);
        return union.Name;
    }

    /// <summary>The alternatives in the order in which JSON is held against them, without names.</summary>
    private BoundUnion Order(List<Found> found, Schema schema, TypeContext slot)
    {
        var lists = found.FindAll(one => one.Type.Kind == TypeKind.List);
        var objects = found.FindAll(one => one.Type.Kind is TypeKind.Object or TypeKind.File or TypeKind.Map or TypeKind.Raw);
        var order = objects.Count == 0
            ? new([])
            : UnionDiscrimination.Find(objects.ConvertAll(one => one.Schema), context.Resolve(schema).Discriminator?.Property, context.Resolve);
        if (order is null || lists.Count > 1)
            context.Report(GeneratorProblems.AmbiguousUnion, schema.Pointer, slot.JsonName);
        var raw = (order is null ? RawKinds.Objects : RawKinds.None) | (lists.Count > 1 ? RawKinds.Arrays : RawKinds.None);
        foreach (var one in objects.Where(one => one.Type.Kind == TypeKind.Raw))
            raw |= ConstraintBinder.IsObject(one.Schema) ? RawKinds.Objects : RawKinds.Any;

        var names = new NameScope([]);
        var ordered = found.FindAll(one => one.Type.Kind != TypeKind.List && !objects.Contains(one)).ConvertAll(one => Alternative(one, names));
        ordered.AddRange(lists.ConvertAll(one => Alternative(one, names) with { IsRecognized = lists.Count == 1 }));
        var named = new Dictionary<int, string>();
        var retries = new List<BoundRetry>();
        foreach (var (index, tests) in order?.Tries ?? objects.Select((_, i) => new UnionTry(i, default)))
        {
            // Whatever object is left is raw JSON anyway.
            if (objects[index].Type.Kind == TypeKind.Raw)
                continue;
            if (named.TryGetValue(index, out var name))
            {
                retries.Add(new(name, tests));
                continue;
            }
            ordered.Add(Alternative(objects[index], names) with { IsRecognized = order is not null, Tests = tests });
            named.Add(index, ordered[ordered.Count - 1].Name);
        }
        return new BoundUnion
        {
            Name = "",
            Key = slot.Key,
            Role = slot.Owner.Role,
            Alternatives = ordered.ToEquatableArray(),
            Retries = retries.ToEquatableArray(),
            OpenWithout = order?.OpenWithout,
            Raw = raw,
            Nullable = Schemas.IsNullable(schema, context.Resolve),
        };
    }

    private static BoundAlternative Alternative(Found found, NameScope names)
    {
        var name = found.Type.Kind switch
        {
            TypeKind.Enum => "Preset",
            TypeKind.Object or TypeKind.File => found.Type.Name,
            _ => found.Type.Kind.ToString(),
        };
        return new BoundAlternative
        {
            Name = names.Reserve(name, "Value"),
            Type = found.Type,
            Checks = found.Checks,
            ItemChecks = found.ItemChecks,
        };
    }

    private static SchemaTypes TypesOf((Schema Declared, Schema Resolved) part) => part.Resolved.NonNullTypes;

    private static bool IsNumber(SchemaTypes types) => types != SchemaTypes.Any && (types & ~(SchemaTypes.Number | SchemaTypes.Integer)) == 0;

    private static bool IsText(JsonLiteral value) => value.Kind == JsonKind.String && JsonStrings.IsWellFormed(value.Text);

    /// <summary>A form that the union's values may have.</summary>
    private sealed record Found(TypeRef Type, Schema Schema, Constraints Checks, Constraints ItemChecks);
}

using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Chooses the C# types of schemas.</summary>
internal sealed class TypeSelector(BinderContext context)
{
    // A value can be a list of maps of lists without end, and hostile documents branch on the way; beyond these it stays raw.
    private const int MaxDepth = 8;
    private const int MaxSteps = 1000;

    private int _steps;

    /// <summary>Begins with another value: what is counted is counted for each.</summary>
    public void Begin() => _steps = 0;

    /// <summary>The C# type of a schema. What has no form here is raw JSON, and reported.</summary>
    public TypeRef Bind(Schema schema, TypeContext slot, bool isItem)
    {
        if (slot.Depth > MaxDepth || ++_steps > MaxSteps)
            return Raw(schema, slot, "too intricate");
        if (schema.Ref is { } name)
        {
            var target = context.Scope.Find(name);
            if (target is null)
                return BindUndescribed(schema, name, slot, isItem);
            if (target.Ref is null && FileSchemas.Detect(name, target, slot.Owner.Role) is { } file)
                return FileOf(file, schema, slot);
            if (context.Scope.Shared is { } shared)
                return shared(name);
            if (Schemas.IsObject(target))
                return new TypeRef(TypeKind.Object, context.Objects.NameOf(name, target, slot));
            return Bind(context.Resolve(schema), slot, isItem);
        }
        if (schema.AnyOf.Count > 0)
            return context.Unions.Bind(schema, slot, isItem);
        if (schema.Enum.Count > 0)
            return BindEnum(schema, slot, isItem);
        switch (schema.NonNullTypes)
        {
            case SchemaTypes.String:
                return TypeRef.String;
            case SchemaTypes.Boolean:
                return TypeRef.Boolean;
            case SchemaTypes.Integer:
                var isSeed = schema.Maximum is null && slot.JsonName.EndsWith("seed", StringComparison.OrdinalIgnoreCase) && !isItem;
                return isSeed || NumberTypes.IsWide(schema) ? TypeRef.WideInteger : TypeRef.Integer;
            case SchemaTypes.Number or (SchemaTypes.Number | SchemaTypes.Integer):
                return TypeRef.Number;
            case SchemaTypes.Array:
                return (schema.Items ?? context.Constraints.UnstatedItems(slot.JsonName)) is { } items ? BindItem(items, slot).List() : TypeRef.Raw.List();
            case SchemaTypes.Object when schema.Properties.Count > 0:
                if (FileSchemas.Detect("", schema, slot.Owner.Role) is { } file)
                    return FileOf(file, schema, slot);
                return context.Objects.NameOfInline(schema, slot, isItem) is { } inline
                    ? new TypeRef(TypeKind.Object, inline)
                    : Raw(schema, slot, "too intricate");
            case SchemaTypes.Object when schema.AdditionalProperties is not { } members || members == new Schema { Pointer = members.Pointer }:
                return TypeRef.Raw;
            case SchemaTypes.Object:
                return BindItem(schema.AdditionalProperties, slot).Map();
            case SchemaTypes.Any:
                return Raw(schema, slot, schema.Nullable ? "null and nothing else" : "of no stated type");
            default:
                return context.Unions.Bind(schema, slot, isItem);
        }
    }

    /// <summary>A file. What a model takes stays as wide as its document; what it gives is what the document shows.</summary>
    private TypeRef FileOf(string file, Schema declared, TypeContext slot)
    {
        var isResult = slot.Owner.Role == ObjectRole.Output && context.Scope.Kind == ScopeKind.Endpoint;
        return new(TypeKind.File, isResult ? FileSchemas.Narrow(file, declared, slot.JsonName) : file);
    }

    private TypeRef BindItem(Schema schema, TypeContext slot)
    {
        var type = Bind(schema, slot.Nested, isItem: true);
        return Schemas.IsNullable(schema, context.Resolve) ? type.OrNull() : type;
    }

    private TypeRef BindUndescribed(Schema schema, string name, TypeContext slot, bool isItem)
    {
        if (schema.Enum.Count > 0 || schema.Types != SchemaTypes.Any)
            return Bind(schema with { Ref = null }, slot, isItem);
        if (FileSchemas.ByName(name) is { } file)
            return FileOf(file, schema, slot);
        context.Report(GeneratorProblems.UndescribedType, schema.Pointer, name, slot.JsonName);
        return TypeRef.Raw;
    }

    private TypeRef BindEnum(Schema schema, TypeContext slot, bool isItem)
    {
        if (schema.Enum.All(value => value.Kind == JsonKind.String && JsonStrings.IsWellFormed(value.Text)))
        {
            var values = new EnumSource(schema.Enum.Select(value => value.Text), schema.Labels, schema.Pointer);
            return new TypeRef(TypeKind.Enum, context.Enums.Bind(slot, values, schema.Description ?? slot.Description, isItem));
        }
        if (schema.Enum.All(value => value.Kind == JsonKind.Boolean))
            return TypeRef.Boolean;
        if (schema.Enum.All(value => value.Kind == JsonKind.Number))
            return NumberTypes.OfValues(schema);
        var isPlain = schema.Enum.All(value => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.Boolean);
        return isPlain && UnionParts.IsSeveral(schema.NonNullTypes)
            ? context.Unions.Bind(schema, slot, isItem)
            : Raw(schema, slot, "one of values of several types");
    }

    private TypeRef Raw(Schema schema, TypeContext slot, string form)
    {
        context.Report(GeneratorProblems.RawForm, schema.Pointer, slot.JsonName, form);
        return TypeRef.Raw;
    }
}

using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Binds the properties of objects.</summary>
internal sealed class PropertyBinder(BinderContext context)
{
    private const int LongestSample = 160;

    /// <summary>A property with its type, its constraints and what is said of it.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="property">What the document says.</param>
    /// <param name="name">The C# name.</param>
    public BoundProperty Bind(PendingObject owner, SchemaProperty property, string name)
    {
        var slot = new TypeContext(owner, property.Name, name, property.Schema.Description);
        context.Types.Begin();
        var schema = context.Resolve(property.Schema);
        var upload = owner.HasFiles ? context.Uploads.Bind(property.Schema, slot) : null;
        var type = upload?.Type ?? context.Types.Bind(property.Schema, slot, isItem: false);
        var isRequest = owner.Role == ObjectRole.Input;
        var limits = context.Constraints.LimitsOf(schema, type);
        var checks = upload?.Checks ?? (isRequest ? context.Constraints.Bind(limits, type, property.Name) : Constraints.None);
        var isOfRequests = property.Schema.WriteOnly || schema.WriteOnly;
        var isAbsent = isRequest ? property.Schema.ReadOnly || schema.ReadOnly : isOfRequests;
        var required = property.Required && !isAbsent;
        var isFilled = required || (isRequest && property.IsDiscriminator);
        var isNullable = Schemas.IsNullable(property.Schema, context.Resolve) || (type.Kind == TypeKind.Raw && Schemas.TakesAny(schema));
        var value = isRequest && !required ? property.Schema.Default ?? schema.Default : null;
        var sample = value is { } given ? DefaultTraps.SampleFile(given, property.Name) : null;
        var isFixedSeed = value is { } seed && DefaultTraps.IsFixedSeed(seed, property.Name, property.Schema.Description ?? schema.Description);
        if (sample is not null)
            context.Report(GeneratorProblems.SampleDefault, property.Schema.Pointer, property.Name, DocumentText.Shorten(sample, LongestSample));
        if (isFixedSeed)
            context.Report(GeneratorProblems.FixedSeed, property.Schema.Pointer, property.Name, value!.Text);
        return new BoundProperty
        {
            JsonName = property.Name,
            Name = name,
            Type = type,
            Required = required,
            IsResultToo = owner.IsResultToo && !isOfRequests,
            Constant = isFilled && !isNullable ? Constants.Of(property.Schema.Enum.Count > 0 ? property.Schema : schema, type) : null,
            Nullable = isNullable,
            Summary = Summaries.OfProperty(property.Name, schema, property.Schema, type)
                + (required && isRequest && isNullable && !owner.IsForm ? " May be null." : "")
                + (sample is not null ? " A request without it is run with that sample file." : "")
                + (isFixedSeed ? " Requests without it all have that seed." : ""),
            Constraints = checks,
            ItemConstraints = upload?.Items ?? (isRequest ? context.Constraints.BindItems(limits, type, property.Name) : Constraints.None),
            Deprecation = Deprecations.MessageOf(
                property.Schema.Deprecated ?? schema.Deprecated, property.Schema.DeprecationNote ?? schema.DeprecationNote,
                property.Schema.Description ?? schema.Description),
            SampleFile = sample is null ? null : DocumentText.Shorten(sample, LongestSample),
            Default = (property.Schema.Default ?? schema.Default)?.Json,
            Description = property.Schema.Description ?? schema.Description,
            JsonType = Summaries.JsonType(schema),
            Pointer = property.Schema.Pointer,
        };
    }
}

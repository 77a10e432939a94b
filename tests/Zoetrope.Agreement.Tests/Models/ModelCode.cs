using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Agreement.Tests;

/// <summary>The generated code of one request or result.</summary>
internal abstract class ModelCode
{
    private JsonValueKind? _kind;

    /// <summary>The generated type.</summary>
    public abstract Type Type { get; }

    /// <summary>Whether it has a validator.</summary>
    public bool IsValidated => Type.IsAssignableTo(typeof(IValidatable));

    /// <summary>
    /// Whether it reads that: a schema of a whole API has a class for its objects and an enum for its texts, and all else is read by who uses it.
    /// </summary>
    public bool Reads(JsonNode? json) => _kind is null || json?.GetValueKind() == _kind;

    /// <summary>Reads JSON as the type and writes it again.</summary>
    public abstract string RoundTrip(string json);

    /// <summary>What its validator says.</summary>
    public abstract IReadOnlyList<ValidationIssue> Validate(string json);

    /// <summary>The code of a generated type.</summary>
    public static ModelCode Of(Type type) => (ModelCode)Activator.CreateInstance(typeof(Code<>).MakeGenericType(type))!;

    /// <summary>The code of the type of a named schema.</summary>
    public static ModelCode OfSchema(Type type)
    {
        var code = Of(type);
        code._kind = type.IsClass ? JsonValueKind.Object : type.GetProperty("IsKnown") is not null ? JsonValueKind.String : null;
        return code;
    }

    private sealed class Code<T> : ModelCode
        where T : IJsonModel<T>
    {
        public override Type Type => typeof(T);

        public override string RoundTrip(string json) => RawJson.From(RawJson.Parse(json).Deserialize<T>()).ToString();

        public override IReadOnlyList<ValidationIssue> Validate(string json)
        {
            var context = default(ValidationContext);
            ((IValidatable)RawJson.Parse(json).Deserialize<T>()).Validate(ref context);
            return context.ToResult().Issues;
        }
    }
}

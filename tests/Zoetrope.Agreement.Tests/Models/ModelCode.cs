using Zoetrope.Json;

namespace Zoetrope.Agreement.Tests;

/// <summary>The generated code of one request or result.</summary>
internal abstract class ModelCode
{
    /// <summary>The generated type.</summary>
    public abstract Type Type { get; }

    /// <summary>Reads JSON as the type and writes it again.</summary>
    public abstract string RoundTrip(string json);

    /// <summary>The code of a generated type.</summary>
    public static ModelCode Of(Type type) => (ModelCode)Activator.CreateInstance(typeof(Code<>).MakeGenericType(type))!;

    private sealed class Code<T> : ModelCode
        where T : IJsonModel<T>
    {
        public override Type Type => typeof(T);

        public override string RoundTrip(string json) => RawJson.From(RawJson.Parse(json).Deserialize<T>()).ToString();
    }
}

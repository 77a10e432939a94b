using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// How one form of value is read and written, for generated code. Forms are put together: a map of lists of numbers is
/// <c>MapForm&lt;IReadOnlyList&lt;double&gt;, ListForm&lt;double, DoubleForm&gt;&gt;</c>.
/// </summary>
/// <typeparam name="T">The C# type of the value.</typeparam>
public interface IJsonForm<T>
{
    /// <summary>What several of them are called in messages, such as <c>numbers</c>.</summary>
    static abstract string Plural { get; }

    /// <summary>
    /// Whether its values hold doubles. Whoever reads them keeps the JSON of numbers that have more digits than a double, so that they are written back as they came.
    /// </summary>
    static virtual bool HoldsDoubles => false;

    /// <summary>Whether it takes any JSON, so that taking some says nothing about it.</summary>
    static virtual bool TakesAnything => false;

    /// <summary>
    /// Reads the value that the reader stands on and leaves the reader on its last token. False when it is of another form; the reader may then stand anywhere inside it.
    /// </summary>
    static abstract bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes the value.</summary>
    static abstract void Write(Utf8JsonWriter writer, T value);
}

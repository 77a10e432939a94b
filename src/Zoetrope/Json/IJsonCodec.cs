using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// Reads and writes one type of value, for generated code. Codecs are composed: a map of lists of numbers is
/// <c>MapCodec&lt;IReadOnlyList&lt;double&gt;, ListCodec&lt;double, DoubleCodec&gt;&gt;</c>.
/// </summary>
/// <typeparam name="T">The C# type of the value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJsonCodec<T>
{
    /// <summary>The plural noun for the values in messages, such as <c>numbers</c>.</summary>
    static abstract string Plural { get; }

    /// <summary>
    /// Whether its values contain doubles. The caller then keeps the JSON of numbers that have more digits than a double, so that they are written back
    /// unchanged.
    /// </summary>
    static virtual bool HoldsDoubles => false;

    /// <summary>Whether it accepts any JSON, so that a successful read says nothing about the value.</summary>
    static virtual bool TakesAnything => false;

    /// <summary>Whether its values contain others, so that <see cref="TryReadPart"/> reads them where unexpected items may be omitted.</summary>
    static virtual bool IsContainer => false;

    /// <summary>
    /// Reads the value at the reader's position and leaves the reader on its last token. False if the value has another type; the reader may then be anywhere
    /// within it.
    /// </summary>
    static abstract bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T value);

    /// <summary>
    /// Reads the value like <see cref="TryRead"/>, but omits nested values that are null or of another type than the specified one; see <see
    /// cref="IPartialJson"/>. False if nothing of it can be kept; the position of the reader is then unchanged.
    /// </summary>
    static virtual bool TryReadPart(ref Utf8JsonReader reader, ref ReadNotes notes, [MaybeNullWhen(false)] out T value) => throw new NotSupportedException();

    /// <summary>
    /// Whether values of a large response are created on first access. They are instances of a class then, and <see cref="TryPass"/> checks them.
    /// </summary>
    internal static virtual bool CanWait => false;

    /// <summary>
    /// Skips a value like <see cref="TryRead"/> and with the same outcome, without creating it. If the result is false, the reader's position is unchanged.
    /// </summary>
    internal static virtual bool TryPass(ref Utf8JsonReader reader) => throw new NotSupportedException();

    /// <summary>Writes the value.</summary>
    static abstract void Write(JsonWriter writer, T value);
}

using Zoetrope.Generator.Emit;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes what the data of events is: a function of the event's name.</summary>
internal static class EventText
{
    private static readonly EventData[] _flags = [EventData.Text, EventData.Json, EventData.Optional, EventData.Nullable, EventData.KeepAlive];

    /// <summary>Writes the statement with the function.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="forms">The forms; the last one is that of all other events.</param>
    /// <param name="head">The statement before the function.</param>
    /// <param name="end">The statement after it.</param>
    public static void Emit(SourceWriter writer, EquatableArray<EventForm> forms, string head, string end)
    {
        var other = forms[forms.Count - 1].Data;
        var own = forms.Where(form => form.Name is not null && form.Data != other).ToList();
        if (own.Count == 0)
        {
            writer.Line($"{head}, static _ => {Text(other)}{end}");
            return;
        }
        using (writer.Block($"{head}, static name => name switch", end))
        {
            foreach (var form in own)
                writer.Line($"{Literals.String(form.Name!)} => {Text(form.Data)},");
            writer.Line($"_ => {Text(other)},");
        }
    }

    private static string Text(EventData data) => data == EventData.None
        ? WellKnownNames.EventData + ".None"
        : string.Join(" | ", _flags.Where(flag => (data & flag) != 0).Select(flag => $"{WellKnownNames.EventData}.{flag}"));
}

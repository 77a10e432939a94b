using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Decides whether the items of an event stream are events with their fields, or only what the data of events is. OpenAPI says the former, but many documents
/// mean the latter. What can be both is decided by what is more usual, and reported.
/// </summary>
/// <param name="schemas">What reads through schemas.</param>
internal sealed class EventReader(EventSchemas schemas)
{
    /// <summary>Decides.</summary>
    /// <param name="items">The items, whose alternatives are decided together.</param>
    /// <param name="report">Receives each thing that the document leaves open, and how it is read.</param>
    public SequenceItems Read(SequenceItems items, Action<string> report)
    {
        var alternatives = schemas.Alternatives(items.Schema).Select(Judge).ToList();
        if (AreEvents(alternatives, report))
            return items with { Events = FormsOf(alternatives.Where(one => one.Nature != Nature.Payload), report) };
        return items with { IsText = alternatives.TrueForAll(one => EventSchemas.IsText(one.Schema)) };
    }

    private static bool AreEvents(List<Alternative> alternatives, Action<string> report)
    {
        var isCertain = alternatives.Exists(one => one.Nature == Nature.Event);
        var hasPayload = alternatives.Exists(one => one.Nature == Nature.Payload);
        var isLikely = alternatives.Exists(one => one.Nature == Nature.LikelyEvent);
        var areEvents = isCertain || (isLikely && !hasPayload);
        var reading = areEvents ? "it is read as the events" : "it is read as the data of events";
        if (areEvents && hasPayload)
            report($"one alternative is an event and another one is not; {reading}, so the other one is never received");
        else if (isLikely && hasPayload)
            report($"one alternative can be an event and another one cannot; {reading}");
        else if (!areEvents && alternatives.Exists(one => one.Nature == Nature.EventWithoutData && one.Name is not null))
            report($"it has 'event' but no 'data'; {reading}");
        foreach (var doubt in alternatives.Select(one => one.Doubt).OfType<string>().Distinct(StringComparer.Ordinal))
            report($"{doubt}; {reading}");
        return areEvents;
    }

    private Alternative Judge(Schema schema)
    {
        var (data, name) = (Member(schema, EventSchemas.Data), Member(schema, EventSchemas.Name));
        var others = schema.Properties
            .Where(property => property.Name is not (EventSchemas.Data or EventSchemas.Name or "id" or "retry" or "comment"))
            .ToList();
        var (nature, doubt) = JudgeMembers(schema, data, name, others);
        return new(schema, data, name, nature, doubt);
    }

    private (Nature Nature, string? Doubt) JudgeMembers(Schema schema, SchemaProperty? data, SchemaProperty? name, List<SchemaProperty> others)
    {
        if (schema.Properties.Count == 0)
            return (Nature.Payload, null);
        var isNamed = name is not null || Member(schema, "retry") is not null;
        if (data is null)
            return (others.Count == 0 ? Nature.EventWithoutData : Nature.Payload, null);
        var alternatives = schemas.Alternatives(data.Schema);
        var holdsText = (schemas.KindsOf(data.Schema) & EventData.Text) != 0 || alternatives.All(one => EventSchemas.IsText(one) || one.Content is not null);
        if (others.Count > 0)
        {
            // An event never has other fields.
            var doubt = isNamed ? $"it has 'data', and '{others[0].Name}', which events do not have" : null;
            var isEvent = holdsText && isNamed && others.TrueForAll(property => !property.Required);
            return (isEvent ? Nature.Event : Nature.Payload, doubt);
        }
        if (holdsText)
            return (Nature.Event, Member(schema, "comment") is null ? null : "it has 'comment', which is not a field of events");
        return isNamed || alternatives.Any(one => one.NonNullTypes != SchemaTypes.Array)
            ? (Nature.LikelyEvent, "its 'data' is neither a string nor described by 'contentSchema'")
            : (Nature.Payload, "its 'data' is an array, and it has no 'event'");
    }

    private EquatableArray<EventForm> FormsOf(IEnumerable<Alternative> events, Action<string> report)
    {
        var forms = new List<EventForm>();
        var (any, undescribed) = (default(EventData?), EventData.None);
        var describesErrors = false;
        foreach (var one in events)
        {
            var data = DataOf(one);
            undescribed |= data & Both;
            if (one.Name is not { } name || schemas.NamesOf(name.Schema) is not { } names)
            {
                any = Join(null, any, data);
                describesErrors |= one.Name is not null;
                continue;
            }
            foreach (var text in names)
            {
                var known = forms.FindIndex(form => form.Name == text);
                if (known < 0)
                    forms.Add(new(text, data));
                else
                    forms[known] = forms[known] with { Data = Join(text, forms[known].Data, data) };
            }
        }
        if (!describesErrors && !forms.Exists(form => form.Name == "error"))
            forms.Add(new("error", EventData.None));
        forms.Add(new(null, any ?? (undescribed | EventData.KeepAlive)));
        return forms.Select(form => form.Data is EventData.None || (form.Data & Both) != 0 ? form : form with { Data = form.Data | Both }).ToEquatableArray();

        EventData Join(string? name, EventData? first, EventData second)
        {
            var (kinds, more) = (first & Both, second & Both);
            if (kinds is not (null or EventData.None) && more != EventData.None && kinds != more)
            {
                report($"the data of {(name is null ? "one event" : $"the event '{name}'")} is described as text and as JSON; "
                    + "objects and arrays are read as JSON, and all else as text");
            }
            return (first ?? EventData.None) | second;
        }
    }

    private EventData DataOf(Alternative one)
    {
        // Where the name is not a part of the item, an event that has only a name says nothing.
        var keepAlive = one.Name is null ? EventData.KeepAlive : EventData.None;
        if (one.Data is not { } data)
            return keepAlive | EventData.Optional;
        var kinds = schemas.KindsOf(data.Schema);
        if ((kinds & EventData.Text) != 0 || one.Name is not { } name)
            return kinds | keepAlive;
        if (!data.Required)
            return kinds | EventData.Optional;
        if (schemas.IsNullable(data.Schema))
            return kinds | EventData.Nullable;
        // A name that the document states is not one of those that only keep the connection open.
        return schemas.NamesOf(name.Schema) is null ? kinds | EventData.KeepAlive : kinds;
    }

    private static SchemaProperty? Member(Schema schema, string name) => schema.Properties.FirstOrDefault(property => property.Name == name);

    private const EventData Both = EventData.Text | EventData.Json;

    private enum Nature
    {
        Payload,
        EventWithoutData,
        LikelyEvent,
        Event,
    }

    private sealed record Alternative(Schema Schema, SchemaProperty? Data, SchemaProperty? Name, Nature Nature, string? Doubt);
}

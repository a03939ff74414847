using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;

namespace Nabla;

/// <summary>The parameters and parts that a module itself holds, with their names, in the order of declaration.</summary>
internal sealed class ModuleMembers
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    private ModuleMembers()
    {
    }

    public List<(string Name, string StoredName, Parameter Parameter)> Parameters { get; } = [];

    public List<(string Name, string StoredName, Module Module)> Modules { get; } = [];

    public static ModuleMembers Of(Module module)
    {
        ModuleMembers members = new();
        // A module that is itself a list, as Sequential, holds its items under their numbers alone.
        if (module is IEnumerable<Module> items) members.AddItems("", "", items);
        foreach (PropertyInfo property in Properties(module))
        {
            string stored = property.GetCustomAttribute<StoredNameAttribute>()?.Name ?? SnakeCase(property.Name);
            switch (property.GetValue(module))
            {
                case Parameter parameter: members.Parameters.Add((property.Name, stored, parameter)); break;
                case Module child: members.Modules.Add((property.Name, stored, child)); break;
                case IEnumerable<Module> list: members.AddItems(property.Name + ".", stored + ".", list); break;
            }
        }
        return members;
    }

    /// <summary><c>HiddenLayer2</c> becomes <c>hidden_layer2</c>.</summary>
    public static string SnakeCase(string name)
    {
        StringBuilder result = new();
        for (int i = 0; i < name.Length; i++)
        {
            // A word begins at a capital after a small letter or digit, and at the last capital of an abbreviation: RNNCell, rnn_cell.
            bool begins = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins) result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }
        return result.ToString();
    }

    private void AddItems(string prefix, string storedPrefix, IEnumerable<Module> items)
    {
        int index = 0;
        foreach (Module item in items)
        {
            Modules.Add(($"{prefix}{index}", $"{storedPrefix}{index}", item));
            index++;
        }
    }

    private static PropertyInfo[] Properties(Module module)
    {
        if (Known.TryGetValue(module.GetType(), out PropertyInfo[]? known)) return known;
        return Known[module.GetType()] = InOrder(module.GetType());
    }

    private static PropertyInfo[] InOrder([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.CanRead && Holds(property.PropertyType))
            .OrderBy(property => Depth(property.DeclaringType))
            .ThenBy(property => property.HasMetadataToken() ? property.MetadataToken : 0),
    ];

    // Asked of the declared type, so that properties that compute something are left alone.
    private static bool Holds(Type type) =>
        type == typeof(Parameter) || typeof(Module).IsAssignableFrom(type) || typeof(IEnumerable<Module>).IsAssignableFrom(type);

    private static int Depth(Type? type)
    {
        int depth = 0;
        for (; type is not null; type = type.BaseType) depth++;
        return depth;
    }
}

using System.Globalization;

namespace Nabla;

/// <summary>A setting of a window: one number for both directions, or height and width.</summary>
internal static class Pair
{
    public static (int Height, int Width) Of(Axes setting, int otherwise, int least, string layer, string name)
    {
        if (setting.Count > 2) throw new ArgumentException($"{layer} needs one number or two for {name}, got {setting}", name);
        (int height, int width) = setting.Count == 0 ? (otherwise, otherwise) : (setting[0], setting[^1]);
        return height >= least && width >= least
            ? (height, width)
            : throw new ArgumentException($"{layer} needs a {name} of at least {least}, got {(setting.Count == 0 ? "none" : setting)}", name);
    }

    /// <summary><c>, stride 2</c>; nothing where there is no setting.</summary>
    public static string Text(string name, Axes setting) => setting.Count switch
    {
        0 => "",
        1 => string.Create(CultureInfo.InvariantCulture, $"{name} {setting[0]}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{name} {setting[0]} × {setting[1]}"),
    };
}

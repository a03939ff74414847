using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonD1
{
    public static Lesson Lesson { get; } = new(
        "D1",
        new("ReLU", "ReLU"),
        new("A switch: positive values and their gradients pass, everything else is stopped.", "스위치와 같습니다. 양수와 그 기울기는 지나가고 나머지는 막힙니다."),
        new TextSection(
            """
            An **activation function** bends the line that a layer computes; without one, any number of layers would be no more than a single layer. The simplest is **ReLU**:
            y = x where x > 0, and y = 0 where x ≤ 0.

            Its local gradient is **1 where x > 0 and 0 where x ≤ 0**. In an electric circuit it would be a switch: closed, the current passes unchanged; open, nothing
            passes. At exactly 0 there is a kink; Nabla takes 0 there.

            The 1 is why ReLU works so well in deep networks: a gradient that gets through is not weakened. The 0 is its price: a unit that is negative for every
            sample receives no gradient at all and stays as it is. Such a unit is called dead.
            """,
            """
            **활성화 함수**는 계층이 계산한 직선을 구부립니다. 활성화 함수가 없으면 계층을 아무리 쌓아도 계층 하나와 다름없습니다. 가장 단순한 것이
            **ReLU**입니다. x > 0이면 y = x이고 x ≤ 0이면 y = 0입니다.

            국소 기울기는 **x > 0이면 1, x ≤ 0이면 0**입니다. 전기 회로의 스위치와 같습니다. 닫혀 있으면 전류가 그대로 지나가고 열려 있으면 아무것도
            지나가지 못합니다. 정확히 0인 곳은 꺾인 점이며, Nabla는 여기서 0을 씁니다.

            1이라는 값 덕분에 ReLU는 깊은 신경망에서 잘 작동합니다. 통과한 기울기가 약해지지 않기 때문입니다. 0은 그 대가입니다. 모든 표본에서 음수인
            유닛은 기울기를 전혀 받지 못해 그대로 멈춥니다. 이런 유닛을 죽은 유닛이라고 합니다.
            """),
        new PlotSection(-4, 4, 81, ("ReLU", "max(x, 0)", x => x.Relu())),
        new TableSection(["x", "ReLU(x)", new("local gradient", "국소 기울기")], Switch),
        new GraphSection("x = 3\ny = relu(x)\nf = -2 * y"),
        new QuizSection(
            "quiz-1",
            new("x = −0.001, and the upstream gradient 50 arrives at ReLU(x). What does x receive?",
                "x = −0.001인 ReLU(x)에 상류 기울기 50이 도착합니다. x는 얼마를 받을까요?"),
            ["50", "0", "-0.05", "-50"],
            right: 1,
            new("x is not positive, so the switch is open, however near to 0 x is.", "x가 양수가 아니므로 0에 아무리 가까워도 스위치는 열려 있습니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Three values go through ReLU and are multiplied by 4. Mind the one that is 0.", "값 세 개가 ReLU를 지나 4와 곱해집니다. 0인 값을 조심하세요."),
            "x = [-2, 0, 3]\nh = relu(x)\ns = 4 * h\nf = sum(s)",
            Value("h", 0), Value("h", 1), Value("h", 2), Upstream("h", 0), Local("h", "x", 0), Local("h", "x", 1), Local("h", "x", 2), Downstream("x", 0),
            Downstream("x", 1), Downstream("x", 2)));

    private static IEnumerable<BilingualText[]> Switch()
    {
        Tensor x = Tensor.From(-3.0, -0.5, 0, 0.5, 3), y = x.Relu();   // [points]
        double[] local = y.Sum().Backward()[x].ToDoubles(), values = y.ToDoubles(), places = x.ToDoubles();
        for (int i = 0; i < places.Length; i++) yield return [Written.Text(places[i]), Written.Text(values[i]), Written.Text(local[i])];
    }
}

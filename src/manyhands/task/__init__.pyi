from .arguments import Argument
from .checking import check_objects, find_solved_problems
from .classes import Class, make_class
from .components import Component
from .conditions import AvailableLabels, ConditionEquals, If, create_available_labels_if
from .field_specs import TASK_ID_FIELD, FieldSpec, FieldType, find_field_problems
from .functions import ClassificationFunction
from .identity import content_hash
from .localization import LocalizedString
from .mapping import MappedField, TaskMapping, as_solution
from .metas import ClassMeta, LabelsDisplayType, ObjectMeta, TextFormat, TextMeta, TextValidation, Title
from .objects import Audio, ControlObject, Image, InputObjects, Metadata, Object, Solution, Text, Video
from .problems import refuse_if_any
from .reading import file_format, read_control_objects, read_input_objects, read_tasks
from .row_sources import RowSource
from .task_spec import PreparedTaskSpec, TaskSpec
from .texts import LibraryText, library_text
from .view import generate_view

__all__ = [
    "TASK_ID_FIELD",
    "Argument",
    "Audio",
    "AvailableLabels",
    "Class",
    "ClassMeta",
    "ClassificationFunction",
    "Component",
    "ConditionEquals",
    "ControlObject",
    "FieldSpec",
    "FieldType",
    "If",
    "Image",
    "InputObjects",
    "LabelsDisplayType",
    "LibraryText",
    "LocalizedString",
    "MappedField",
    "Metadata",
    "Object",
    "ObjectMeta",
    "PreparedTaskSpec",
    "RowSource",
    "Solution",
    "TaskMapping",
    "TaskSpec",
    "Text",
    "TextFormat",
    "TextMeta",
    "TextValidation",
    "Title",
    "Video",
    "as_solution",
    "check_objects",
    "content_hash",
    "create_available_labels_if",
    "file_format",
    "find_field_problems",
    "find_solved_problems",
    "generate_view",
    "library_text",
    "make_class",
    "read_control_objects",
    "read_input_objects",
    "read_tasks",
    "refuse_if_any",
]
